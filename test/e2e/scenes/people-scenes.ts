import type { Page } from 'playwright-core';
import { PeopleClient } from '../../../src/client/people-client.ts';
import type { Scene, SceneArea } from './scene.ts';
import type { SceneWorld } from './scene-world.ts';

const projectMembers = '/projects/commerce%2Fcheckout/settings/members';
const day = 24 * 3_600_000;

/** Some more people: blocked, new, with an end that is near, and a group in the group. */
async function prepare({ server: { client } }: SceneWorld): Promise<void> {
  const people = new PeopleClient(client.requests);
  await client.createUser({ username: 'ada', name: 'Ada Lovelace', email: 'ada@example.com', admin: true });
  await client.createUser({ username: 'left.behind', name: 'Left Behind', email: 'left.behind@example.com' });
  await people.blockUser('left.behind');
  await client.createUser({ username: 'contractor', name: 'Casey Contractor' });
  await people.createGroup({
    name: 'Card payments',
    path: 'cards',
    parent: 'commerce',
    description: 'Takes the money.',
  });
  await people.changeGroup('commerce', { name: 'Commerce', description: 'The shop: cart, checkout and orders.' });
  const expires_at = new Date(Date.now() + 3 * day).toISOString();
  await people.addMember({ project: 'commerce/checkout' }, { username: 'contractor', access_level: 20, expires_at });
}

/** The log below may name her too, so the row is known by both her names. */
const memberRow = (page: Page) => page.getByRole('row', { name: 'Mia Maintains mia.maintains' });

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

async function act(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

const userScenes: readonly Scene[] = [
  { name: 'users', path: '/settings/users', ready: (page) => row(page, 'left.behind').waitFor() },
  {
    name: 'user form',
    path: '/settings/users',
    ready: async (page) => {
      await page.getByRole('button', { name: 'New user' }).click();
      await page.getByRole('dialog').getByLabel('User name').fill('grace');
    },
  },
  {
    name: 'one-time password',
    path: '/settings/users',
    ready: async (page) => {
      await act(page, 'Ada Lovelace', 'Reset the password');
      await page.getByRole('button', { name: 'Reset the password' }).click();
      await page.getByRole('region', { name: 'One-time password of ada' }).waitFor();
    },
  },
  {
    name: 'user delete question',
    path: '/settings/users',
    ready: async (page) => {
      await act(page, 'Left Behind', 'Delete');
      await page.getByLabel('Type left.behind to confirm').fill('left.beh');
    },
  },
  {
    name: 'users refused',
    path: '/settings/users',
    who: 'developer',
    ready: (page) => page.getByRole('heading', { name: 'Only administrators see the users' }).waitFor(),
  },
];

const groupScenes: readonly Scene[] = [
  {
    name: 'groups',
    path: '/settings/groups',
    ready: (page) => page.getByRole('link', { name: 'Card payments' }).waitFor(),
  },
  {
    name: 'no group',
    path: '/settings/groups',
    who: 'newcomer',
    ready: (page) => page.getByText('There is no group yet.').waitFor(),
  },
  {
    name: 'group form',
    path: '/settings/groups',
    ready: async (page) => {
      await page.getByRole('button', { name: 'New group' }).click();
      await page.getByLabel('Name', { exact: true }).fill('Data platform');
      await page.getByRole('combobox', { name: 'Lies in' }).fill('comm');
      await page.getByRole('option', { name: 'commerce', exact: true }).waitFor();
    },
  },
  {
    name: 'group',
    path: '/settings/groups/commerce',
    ready: async (page) => {
      await page.getByRole('table', { name: 'Projects in commerce' }).waitFor();
      await memberRow(page).waitFor();
    },
  },
  {
    name: 'group settings',
    path: '/settings/groups/commerce',
    ready: async (page) => {
      await memberRow(page).waitFor();
      await page.getByRole('button', { name: 'Delete this group' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'group delete question',
    path: '/settings/groups/commerce',
    ready: async (page) => {
      await page.getByRole('button', { name: 'Delete this group' }).click();
      await page.getByRole('list', { name: 'Projects that end' }).waitFor();
    },
  },
  {
    name: 'group as developer',
    path: '/settings/groups/commerce',
    who: 'developer',
    ready: (page) => row(page, 'Mia Maintains').waitFor(),
  },
  {
    name: 'no such group',
    path: '/settings/groups/nothing',
    ready: (page) => page.getByRole('heading', { name: 'There is no such group here' }).waitFor(),
  },
];

const memberScenes: readonly Scene[] = [
  { name: 'members', path: projectMembers, ready: (page) => row(page, 'Casey Contractor').waitFor() },
  {
    name: 'member level',
    path: projectMembers,
    ready: async (page) => {
      await page.getByRole('button', { name: 'Level of Casey Contractor' }).click();
      await page.getByRole('menuitemradio', { name: 'Developer' }).waitFor();
    },
  },
  {
    name: 'member form',
    path: projectMembers,
    ready: async (page) => {
      await page.getByRole('button', { name: 'Add a member' }).click();
      await page.getByRole('combobox', { name: 'User' }).fill('a');
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'members as developer',
    path: projectMembers,
    who: 'developer',
    ready: (page) => row(page, 'Casey Contractor').waitFor(),
  },
];

export const peopleScenes: SceneArea = { prepare, scenes: [...userScenes, ...groupScenes, ...memberScenes] };
