import type { SceneArea } from './scene.ts';

export const hooksScenes: SceneArea = {
  scenes: [
    {
      name: 'webhooks',
      path: ({ hooked }) => hooked.page,
      ready: (page) => page.getByRole('article').first().waitFor(),
    },
    {
      name: 'webhook form',
      path: ({ hooked }) => hooked.page,
      ready: async (page) => {
        await page.getByRole('button', { name: 'New webhook' }).click();
        await page.getByRole('dialog').getByRole('textbox', { name: 'URL' }).fill('https://deploys.example/hook');
      },
    },
    {
      name: 'webhook deliveries',
      path: ({ hooked }) => hooked.log,
      ready: (page) => page.getByRole('region', { name: 'Response' }).waitFor(),
    },
    {
      name: 'no webhook',
      path: '/projects/data%2Fledger/settings/hooks',
      ready: (page) => page.getByRole('heading', { name: 'No webhook yet' }).waitFor(),
    },
    {
      name: 'webhooks refused',
      path: ({ hooked }) => hooked.page,
      who: 'developer',
      ready: (page) => page.getByRole('heading', { name: 'Only maintainers of the project' }).waitFor(),
    },
  ],
};
