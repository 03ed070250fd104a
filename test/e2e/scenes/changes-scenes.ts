import type { SceneArea } from './scene.ts';

export const changesScenes: SceneArea = {
  scenes: [
    { name: 'changes', path: '/changes', ready: (page) => page.getByText('no longer live').waitFor() },
    {
      name: 'filter of changes',
      path: '/changes?from=2026-01-01',
      ready: async (page) => {
        await page.getByRole('button', { name: 'Deployed' }).click();
        await page.getByLabel('Until').waitFor();
      },
    },
    {
      name: 'waiting changes',
      path: '/changes?view=waiting',
      ready: (page) => page.getByText('waits').first().waitFor(),
    },
    { name: 'change', path: '/changes/commerce%2Forders/3', ready: (page) => page.getByText('taken out by').waitFor() },
    {
      name: 'changes of a deployment',
      path: '/?slot=commerce/orders@staging',
      ready: async (page) => {
        await page.getByRole('region', { name: 'Reverts' }).waitFor();
        await page.getByRole('button', { name: /commits?$/ }).click();
      },
    },
    {
      name: 'changes without a repository',
      path: '/changes?project=data/ledger',
      ready: (page) => page.getByRole('heading', { name: 'Where is my change?' }).waitFor(),
    },
  ],
};
