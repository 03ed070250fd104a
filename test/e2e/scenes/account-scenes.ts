import { ask } from '../../support/ask.ts';
import type { SceneArea } from './scene.ts';
import type { SceneWorld } from './scene-world.ts';

const dayMs = 86_400_000;
const projectTokens = '/projects/commerce%2Fcheckout/settings/tokens';

/** Tokens of a person and of a project, one of which ends soon and one has. */
async function prepare({ server, maintainer }: SceneWorld): Promise<void> {
  const asker = { url: server.url, adminToken: maintainer.token };
  const inMs = (ms: number) => ({ expires_at: new Date(Date.now() + ms).toISOString() });
  for (const body of [
    { name: 'Laptop', scopes: ['api'] },
    { name: 'Status board in the hall', scopes: ['read_api'], ...inMs(3 * dayMs) },
    { name: 'Last quarter', scopes: ['read_api', 'record'], ...inMs(5000) },
    { name: 'All pipelines', scopes: ['record'], group: 'commerce', access_level: 30, ...inMs(300 * dayMs) },
    { name: 'GitHub Actions', scopes: ['record'], project: 'commerce/checkout', access_level: 30, ...inMs(80 * dayMs) },
    { name: 'Release train', scopes: ['api'], project: 'commerce/checkout', access_level: 40 },
  ])
    await ask(asker, 'POST /api/tokens', { body });
}

export const accountScenes: SceneArea = {
  prepare,
  scenes: [
    {
      name: 'profile',
      path: '/settings',
      who: 'maintainer',
      ready: (page) => page.getByRole('row').nth(1).waitFor(),
    },
    {
      name: 'profile of a token',
      path: '/settings',
      ready: (page) => page.getByText('belongs to no person').waitFor(),
    },
    {
      name: 'tokens',
      path: '/settings/tokens',
      who: 'maintainer',
      ready: (page) => page.getByText('Expired').waitFor(),
    },
    {
      name: 'tokens of a group',
      path: '/settings/groups/commerce',
      who: 'maintainer',
      ready: (page) =>
        page
          .getByRole('table', { name: 'Tokens' })
          .getByRole('row', { name: /All pipelines/ })
          .scrollIntoViewIfNeeded(),
    },
    {
      name: 'token form',
      path: projectTokens,
      who: 'maintainer',
      ready: async (page) => {
        await page.getByRole('row', { name: /Release train/ }).waitFor();
        await page.getByRole('button', { name: 'New token' }).click();
        await page.getByRole('dialog').getByLabel('Name').fill('Deploy bot');
      },
    },
    {
      name: 'new token',
      path: projectTokens,
      who: 'maintainer',
      ready: async (page) => {
        await page.getByRole('button', { name: 'New token' }).click();
        await page.getByRole('dialog').getByLabel('Name').fill('Deploy bot');
        await page.getByRole('button', { name: 'Create the token' }).click();
        await page.getByRole('region', { name: 'Token Deploy bot' }).waitFor();
      },
    },
    {
      name: 'token rotation',
      path: projectTokens,
      who: 'maintainer',
      ready: async (page) => {
        await page.getByRole('button', { name: 'Rotate GitHub Actions' }).click();
        await page.getByRole('dialog').getByLabel('Expires').selectOption('on');
      },
    },
    {
      name: 'tokens refused',
      path: projectTokens,
      who: 'developer',
      ready: (page) => page.getByRole('heading', { name: 'Only maintainers of the project' }).waitFor(),
    },
    {
      name: 'retention',
      path: '/settings/retention',
      ready: (page) => page.getByLabel('Days: Deliveries to webhooks').waitFor(),
    },
    {
      name: 'retention cut',
      path: '/settings/retention',
      ready: async (page) => {
        await page.getByLabel('Days: Deliveries to webhooks').fill('7');
        await page.getByLabel('Days: Other incoming webhooks').fill('60');
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByRole('dialog').waitFor();
      },
    },
    {
      name: 'retention refused',
      path: '/settings/retention',
      who: 'developer',
      ready: (page) => page.getByRole('heading', { name: 'Only administrators see the retention' }).waitFor(),
    },
  ],
};
