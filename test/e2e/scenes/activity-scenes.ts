import type { SceneArea } from './scene.ts';

export const activityScenes: SceneArea = {
  scenes: [
    { name: 'activity', path: '/activity', ready: (page) => page.getByRole('article').first().waitFor() },
    { name: 'inbox', path: '/inbox', ready: (page) => page.getByRole('article').first().waitFor() },
    {
      name: 'decision',
      path: '/inbox',
      ready: async (page) => {
        await page.getByRole('article').first().getByRole('button', { name: 'Reject' }).click();
        await page.getByRole('dialog').getByLabel('Comment').fill('Not now.');
      },
    },
    {
      name: 'empty inbox',
      path: '/inbox',
      who: 'newcomer',
      ready: (page) => page.getByRole('heading', { name: 'Nothing waits for you' }).waitFor(),
    },
  ],
};
