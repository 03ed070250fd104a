import type { Page } from 'playwright-core';
import { ProtectedEnvironmentsClient } from '../../../src/client/protected-environments-client.ts';
import type { Scene, SceneArea } from './scene.ts';
import type { SceneWorld } from './scene-world.ts';

/** The group protects what its projects test, and names a group of people for it. */
async function prepare({ server }: SceneWorld): Promise<void> {
  const board = (await server.context.groups.byPaths(['release-board'])).get('release-board');
  if (!board) throw new Error('The scenes have a group that approves.');
  await new ProtectedEnvironmentsClient(server.client.requests).protect(
    { group: 'commerce' },
    { name: 'testing', deployers: [{ level: 40 }, { group_id: board.id }], required_approval_count: 1 },
  );
}

const entry = (page: Page, name: RegExp) => page.getByRole('row', { name }).first();
const heading = (page: Page, name: string) => page.getByRole('heading', { name });

const scenes: readonly Scene[] = [
  { name: 'audit log of the server', path: '/settings/audit', ready: (page) => entry(page, /Made the user/).waitFor() },
  {
    name: 'audit log of the server only',
    path: '/settings/audit?of=server',
    ready: (page) => page.getByRole('button', { name: 'Place In no project or group' }).waitFor(),
  },
  {
    name: 'audit log by days',
    path: '/settings/audit',
    ready: async (page) => {
      await page.getByRole('button', { name: 'Happened' }).click();
      await page.getByLabel('From').fill('2026-01-01');
    },
  },
  {
    name: 'audit log without entries on these days',
    path: '/settings/audit?to=2020-01-01',
    ready: (page) => heading(page, 'No entry fits').waitFor(),
  },
  {
    name: 'audit log of a new server',
    path: '/settings/audit',
    who: 'newcomer',
    ready: (page) => page.getByText('Nothing to account for yet').waitFor(),
  },
  {
    name: 'audit log of the server refused',
    path: '/settings/audit',
    who: 'developer',
    ready: (page) => heading(page, 'Only administrators see the audit log').waitFor(),
  },
  {
    name: 'audit log of a group',
    path: '/settings/groups/commerce',
    who: 'maintainer',
    ready: async (page) => {
      const table = page.getByRole('table', { name: 'What people did in commerce' });
      await table.getByText('maintainers, group release-board').waitFor();
      await heading(page, 'Audit log').scrollIntoViewIfNeeded();
    },
  },
];

export const auditScenes: SceneArea = { prepare, scenes };
