import type { Page } from 'playwright-core';
import { FreezePeriodsClient } from '../../../src/client/freeze-periods-client.ts';
import { ProtectedEnvironmentsClient } from '../../../src/client/protected-environments-client.ts';
import type { Scene, SceneArea } from './scene.ts';
import type { SceneWorld } from './scene-world.ts';

const protection = '/projects/commerce%2Fcheckout/settings/protection';
const freezes = '/projects/platform%2Fgateway/settings/freezes';

/** A protection of each kind of holder, and a project that is frozen the whole year, but for its last minute. */
async function prepare({ server: { client }, team }: SceneWorld): Promise<void> {
  const protections = new ProtectedEnvironmentsClient(client.requests);
  await protections.protect(
    { project: 'commerce/checkout' },
    { name: 'staging', deployers: [{ level: 40 }, { user_id: team.deployer.id }], required_approval_count: 1 },
  );
  const owned = { deployers: [{ level: 40 as const }], required_approval_count: 1, self_approval: false };
  await protections.protect({ group: 'commerce' }, { name: 'production', ...owned });
  const periods = new FreezePeriodsClient(client.requests);
  const cron_timezone = 'Europe/Berlin';
  for (const [freeze_start, freeze_end] of [
    ['0 18 * * 5', '0 7 * * 1'],
    ['0 0 1 1 *', '59 23 31 12 *'],
    ['*/30 9-17 * 12 1-5', '0 18 * * *'],
  ] as const)
    await periods.create('platform/gateway', { freeze_start, freeze_end, cron_timezone });
}

const press = (page: Page, name: string) => page.getByRole('button', { name }).click();

const protectionScenes: readonly Scene[] = [
  { name: 'protected environments', path: protection, ready: (page) => page.getByText('Dana Deploys').waitFor() },
  {
    name: 'protected environments of a developer',
    path: protection,
    who: 'developer',
    ready: (page) => page.getByText('Dana Deploys').waitFor(),
  },
  {
    name: 'protection form',
    path: protection,
    ready: async (page) => {
      await press(page, 'Change the protection of production');
      const form = page.getByRole('dialog');
      await form.getByRole('spinbutton', { name: 'Approvals from release-board' }).waitFor();
      await form.getByRole('combobox', { name: 'Must approve' }).fill('a');
      await page.getByRole('listbox', { name: 'Must approve' }).getByRole('option').first().waitFor();
    },
  },
  {
    name: 'unprotect',
    path: protection,
    ready: async (page) => {
      await press(page, 'Unprotect production');
      await page.getByRole('dialog').getByText('runs at once').waitFor();
    },
  },
  {
    name: 'no protected environment',
    path: '/projects/data%2Fledger/settings/protection',
    ready: (page) => page.getByText('itself protects nothing').waitFor(),
  },
  {
    name: 'protected tiers',
    path: '/settings/groups/commerce',
    ready: (page) => page.getByRole('table', { name: 'Protected tiers' }).scrollIntoViewIfNeeded(),
  },
];

const freezeScenes: readonly Scene[] = [
  {
    name: 'freeze periods',
    path: freezes,
    ready: (page) => page.getByRole('region', { name: 'Frozen now' }).waitFor(),
  },
  {
    name: 'freeze form',
    path: freezes,
    ready: async (page) => {
      await press(page, 'New freeze period');
      await page.getByRole('region', { name: 'The next freezes' }).getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'freeze of the year',
    path: freezes,
    ready: async (page) => {
      await press(page, 'New freeze period');
      await page.getByRole('combobox', { name: 'How often' }).selectOption('yearly');
      await page.getByRole('textbox', { name: 'Ends, as a cron line' }).fill('0 7 30 2 *');
      await page.getByText('Not a cron line that ever comes').waitFor();
    },
  },
  {
    name: 'no freeze period',
    path: '/projects/data%2Fledger/settings/freezes',
    ready: (page) => page.getByText('can be deployed at any time').waitFor(),
  },
  {
    name: 'frozen slot',
    path: '/?slot=platform/gateway@production',
    ready: (page) => page.getByRole('list', { name: 'What holds deployments back' }).waitFor(),
  },
];

export const gatesScenes: SceneArea = { prepare, scenes: [...protectionScenes, ...freezeScenes] };
