import type { SceneArea } from './scene.ts';

const path = '/projects/commerce%2Forders/settings/repository';

export const repositoryScenes: SceneArea = {
  scenes: [
    { name: 'repository', path, ready: (page) => page.getByText('Up to date').waitFor() },
    {
      name: 'repository form',
      path,
      ready: async (page) => {
        await page.getByRole('button', { name: 'Change' }).click();
        await page.getByRole('radio', { name: 'GitHub' }).check();
      },
    },
  ],
};
