import type { Page } from 'playwright-core';
import type { SceneArea } from './scene.ts';

/** As if the reader had made these rules before. */
async function withRules(page: Page): Promise<void> {
  const rules = [
    { id: '1', occasions: ['failure', 'rejected'], project: 'commerce/*', environment: 'production' },
    { id: '2', occasions: ['approval'], project: '', environment: '' },
  ];
  await page.evaluate((text) => localStorage.setItem('shiplog-notifications', text), JSON.stringify(rules));
  await page.reload();
  await page.getByRole('table', { name: 'Notification rules' }).waitFor();
}

export const firstStepsScenes: SceneArea = {
  scenes: [
    {
      name: 'sign-in refused',
      path: '/sign-in',
      who: 'nobody',
      ready: async (page) => {
        await page.getByLabel('User name').fill('mira');
        await page.getByLabel('Password', { exact: true }).fill('not the password');
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.getByRole('alert').waitFor();
      },
    },
    {
      name: 'add a pipeline',
      path: '/add',
      ready: async (page) => {
        await page.getByRole('button', { name: 'Create a token' }).click();
        await page.getByRole('region', { name: 'Token of the pipeline' }).waitFor();
      },
    },
    {
      name: 'pipeline recipe',
      path: '/add?tool=gitlab-ci',
      ready: (page) => page.getByText('CI_PIPELINE_ID').first().waitFor(),
    },
    {
      name: 'no notifications',
      path: '/settings/notifications',
      ready: async (page) => {
        await page.evaluate(() => localStorage.removeItem('shiplog-notifications'));
        await page.reload();
        await page.getByText('You are told of nothing.').waitFor();
      },
    },
    { name: 'notifications', path: '/settings/notifications', ready: withRules },
    {
      name: 'notification rule',
      path: '/settings/notifications',
      ready: async (page) => {
        await withRules(page);
        await page.getByRole('button', { name: 'New rule' }).click();
        await page.getByRole('dialog').getByLabel('Project').fill('commerce/*');
      },
    },
  ],
};
