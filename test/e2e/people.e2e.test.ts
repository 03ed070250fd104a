import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PeopleClient } from '../../src/client/people-client.ts';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { join, type Person, person, privateProject } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { signIn } from '../support/sign-in.ts';
import { focusedName, openPage, signedInContext, telephone } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;
let admin: BrowserContext;
let people: PeopleClient;
let staff: Record<'owner' | 'maintainer' | 'developer' | 'stranger', Person>;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer({ trustProxy: true })]);
  staff = {
    owner: await person(server, 'olga.owns', { name: 'Olga Owns' }),
    maintainer: await person(server, 'mia.maintains', { name: 'Mia Maintains' }),
    developer: await person(server, 'dana.deploys', { name: 'Dana Deploys' }),
    stranger: await person(server, 'sam.strange', { name: 'Sam Strange' }),
  };
  people = new PeopleClient(server.client.requests);
  admin = await signedInContext(browser, server);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const doors = new Map<string, Pick<TestServer, 'url' | 'adminToken'>>();
/** A browser of somebody, who signs in once: that is limited to a few times a minute. */
function contextOf({ token }: Pick<Person, 'token'>, options = {}): Promise<BrowserContext> {
  const door = doors.get(token) ?? { url: server.url, adminToken: token };
  doors.set(token, door);
  return signedInContext(browser, door, options);
}

let teams = 0;
/** A private group with an owner, and in it a project with a maintainer and a developer. */
async function team() {
  teams += 1;
  const group = `team-${teams}`;
  const project = `${group}/app`;
  await privateProject(server, project);
  await join(server, 'group', group, staff.owner, 'owner');
  await join(server, 'project', project, staff.maintainer, 'maintainer');
  await join(server, 'project', project, staff.developer, 'developer');
  return { group, project, members: `/projects/${encodeURIComponent(project)}/settings/members` };
}

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });
const groupPage = (path: string) => `/settings/groups/${encodeURIComponent(path)}`;

async function act(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

/** Goes on by the key Tab until what has this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await focusedName(page)) === name) return;
  }
  throw new Error(`Nothing that Tab reaches is called ${name}.`);
}

test('an administrator makes a user, a group, and the user its developer, all by the keyboard', async () => {
  const page = await openPage(admin, '/settings/users');
  await row(page, 'Olga Owns').waitFor();
  await tabTo(page, 'New user');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'New user' }).waitFor();
  await page.keyboard.type('grace');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Grace Hopper');
  await page.keyboard.press('Enter');
  const secret = page.getByRole('region', { name: 'One-time password of grace' });
  await secret.waitFor();
  const password = await secret.locator('code').innerText();
  await tabTo(page, 'Done');
  await page.keyboard.press('Enter');
  await row(page, 'Grace Hopper').waitFor();
  await expect.poll(() => focusedName(page)).toBe('New user');
  expect(await page.content()).not.toContain(password);
  const signedIn = await signIn(server, { username: 'grace', password });
  expect([signedIn.status, signedIn.body.password_change_required]).toEqual([200, true]);

  await tabTo(page, 'Groups');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'New group' }).waitFor();
  await tabTo(page, 'New group');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'New group' }).waitFor();
  await page.keyboard.type('Data platform');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/settings/groups/data-platform');
  await page.getByRole('heading', { name: 'Data platform' }).waitFor();
  await page.getByRole('button', { name: 'Add a member' }).waitFor();
  await tabTo(page, 'Add a member');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Add a member to data-platform' }).waitFor();
  await page.keyboard.type('hopp');
  await page.getByRole('option', { name: /Grace Hopper/ }).waitFor();
  await page.keyboard.press('Enter');
  expect(await page.getByRole('combobox', { name: 'User' }).inputValue()).toBe('grace');
  await page.keyboard.press('Enter');
  await row(page, 'Grace Hopper').waitFor();
  await expect.poll(() => focusedName(page)).toBe('Add a member');
  const { items } = await people.members({ group: 'data-platform', search: 'grace' });
  expect(items).toMatchObject([{ username: 'grace', access_level: 30, expires_at: null }]);
  await page.close();
});

describe('an administrator', () => {
  test('changes a user, whose taken name is said beside the field and typed text stays', async () => {
    await server.client.createUser({ username: 'changing', name: 'Before' });
    const page = await openPage(admin, '/settings/users?q=changing');
    await act(page, 'Before', 'Change');
    const form = page.getByRole('dialog', { name: 'Change Before' });
    await form.getByLabel('User name').fill('olga.owns');
    await form.getByLabel('Full name').fill('After');
    await form.getByLabel('Email address').fill('after@example.com');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('is taken').waitFor();
    expect(await form.getByLabel('User name').getAttribute('aria-invalid')).toBe('true');
    expect(await form.getByLabel('Full name').inputValue()).toBe('After');
    await form.getByLabel('User name').fill('changing');
    await form.getByRole('checkbox', { name: 'Administrator' }).check();
    await form.getByRole('button', { name: 'Save' }).click();
    await row(page, 'After').getByText('administrator').waitFor();
    const [user] = (await people.users({ search: 'changing' })).items;
    expect(user).toMatchObject({ name: 'After', account: { email: 'after@example.com', admin: true } });
    await page.close();
  });

  test('keeps what was typed while the server is away', async () => {
    const page = await openPage(admin, '/settings/users');
    await page.getByRole('button', { name: 'New user' }).click();
    const form = page.getByRole('dialog', { name: 'New user' });
    await form.getByLabel('User name').fill('patient');
    await page.route('**/api/users', (route) => route.abort());
    await form.getByRole('button', { name: 'Create the user' }).click();
    await form.getByRole('alert').getByText('What you entered is still here.').waitFor();
    await page.unroute('**/api/users');
    expect(await form.getByLabel('User name').inputValue()).toBe('patient');
    await form.getByRole('button', { name: 'Create the user' }).click();
    await page.getByRole('region', { name: 'One-time password of patient' }).waitFor();
    await page.close();
  });

  test('blocks a user, lets them in again, gives them a new password and deletes them', async () => {
    const credentials = { username: 'leaving', password: 'a long password' };
    await server.client.createUser({ ...credentials, name: 'Lea Ving' });
    const works = async (password = credentials.password) =>
      (await signIn(server, { ...credentials, password })).status;
    const page = await openPage(admin, '/settings/users?q=leaving');
    await act(page, 'Lea Ving', 'Block');
    await page.getByRole('button', { name: 'Block', exact: true }).click();
    await row(page, 'Lea Ving').getByText('blocked').waitFor();
    expect(await works()).toBe(401);
    await act(page, 'Lea Ving', 'Unblock');
    await page.getByRole('button', { name: 'Unblock', exact: true }).click();
    await row(page, 'Lea Ving').getByText('blocked').waitFor({ state: 'hidden' });
    expect(await works()).toBe(200);

    await act(page, 'Lea Ving', 'Reset the password');
    await page.getByRole('button', { name: 'Reset the password' }).click();
    const secret = page.getByRole('region', { name: 'One-time password of leaving' });
    const password = await secret.locator('code').innerText();
    expect([await works(), await works(password)]).toEqual([401, 200]);
    await page.getByRole('button', { name: 'Done' }).click();

    await act(page, 'Lea Ving', 'Delete');
    const question = page.getByRole('dialog', { name: 'Delete Lea Ving?' });
    expect(await question.getByRole('button', { name: 'Delete the user' }).isDisabled()).toBe(true);
    await question.getByLabel('Type leaving to confirm').fill('leaving');
    await question.getByRole('button', { name: 'Delete the user' }).click();
    await page.getByText('No user is like that.').waitFor();
    await expect.poll(() => focusedName(page)).toBe('New user');
    expect(await works(password)).toBe(401);
    await page.close();
  });

  test('is offered nothing that would lock themselves out', async () => {
    await server.client.createUser({ username: 'root', name: 'Root', password: 'a long password', admin: true });
    const context = await browser.newContext({ baseURL: server.url });
    await context.request.post('/api/session', { data: { username: 'root', password: 'a long password' } });
    const page = await openPage(context, '/settings/users?q=root');
    await row(page, 'Root').getByText('you', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Actions for Root' }).click();
    expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(['Change']);
    await page.getByRole('menuitem', { name: 'Change' }).click();
    expect(await page.getByRole('checkbox', { name: 'Administrator' }).isDisabled()).toBe(true);
    await context.close();
  });

  test('finds blocked users and bots, by a link as well', async () => {
    await server.client.createUser({ username: 'shut.out' });
    await people.blockUser('shut.out');
    const page = await openPage(admin, '/settings/users');
    await page.getByRole('button', { name: /^Show/ }).click();
    await page.getByRole('menuitemradio', { name: 'Blocked' }).click();
    await row(page, 'shut.out').waitFor();
    await row(page, 'Olga Owns').waitFor({ state: 'hidden' });
    expect(page.url()).toBe(`${server.url}/settings/users?show=blocked`);
    await page.goto('/settings/users?show=bots');
    await row(page, 'shiplog-admin').getByText('bot of a token').waitFor();
    expect(await page.getByRole('button', { name: /^Actions for/ }).count()).toBe(0);
    await page.close();
  });
});

describe('an owner', () => {
  test('renames a group, which moves what lies in it, and deletes it after reading what ends', async () => {
    const { group } = await team();
    const path = `${group}-moved`;
    const context = await contextOf(staff.owner);
    const page = await openPage(context, groupPage(group));
    await page.getByRole('link', { name: `${group}/app` }).waitFor();
    const form = page.getByRole('region', { name: 'General' });
    expect(await form.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await form.getByLabel('Name', { exact: true }).fill('Moved');
    await form.getByLabel('Path').fill(path);
    await form.getByText('pipelines that report in the old namespace').waitFor();
    await form.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(`**${groupPage(path)}`);
    await page.getByRole('link', { name: `${path}/app` }).waitFor();
    await page.getByRole('heading', { name: 'Moved', exact: true }).waitFor();

    await page.getByRole('button', { name: 'Delete this group' }).click();
    const question = page.getByRole('dialog', { name: `Delete ${path}?` });
    expect(await question.getByRole('list', { name: 'Projects that end' }).innerText()).toBe(`${path}/app`);
    await question.getByLabel(`Type ${path} to confirm`).fill(path);
    await question.getByRole('button', { name: 'Delete the group' }).click();
    await page.waitForURL('**/settings/groups');
    await expect(people.group(path)).rejects.toMatchObject({ status: 404 });
    await context.close();
  });

  test('makes a subgroup, and may not open it wider than what it lies in', async () => {
    const { group } = await team();
    const context = await contextOf(staff.owner);
    const page = await openPage(context, groupPage(group));
    await page.getByRole('button', { name: 'New subgroup' }).click();
    const form = page.getByRole('dialog', { name: 'New group' });
    await form.getByLabel('Name', { exact: true }).fill('Web & Apps');
    expect(await form.getByLabel('Path').inputValue()).toBe('web-apps');
    await form.getByRole('radio', { name: 'Public' }).check();
    await form.getByRole('button', { name: 'Create the group' }).click();
    await form.getByText('public is not allowed in a private group.').waitFor();
    await form.getByRole('radio', { name: 'Private' }).check();
    await form.getByRole('button', { name: 'Create the group' }).click();
    await page.waitForURL(`**${groupPage(`${group}/web-apps`)}`);
    await row(page, 'Olga Owns').getByRole('link', { name: group }).waitFor();
    await context.close();
  });

  test('is told who is the last one', async () => {
    const { group } = await team();
    // The administrator made the group, and is its other owner.
    const { items } = await people.members({ group });
    const bot = items.find((member) => member.bot);
    expect(bot?.access_level ?? 50).toBe(50);
    const context = await contextOf(staff.owner);
    const page = await openPage(context, groupPage(group));
    await page.getByRole('button', { name: 'Level of Olga Owns: Owner' }).click();
    await page.getByRole('menuitemradio', { name: 'Developer' }).click();
    await page.getByRole('alert').getByText('The last owner has to stay.').waitFor();
    await act(page, 'Olga Owns', 'Leave the group');
    await page.getByRole('button', { name: 'Leave', exact: true }).click();
    await page.getByRole('dialog').getByText('The last owner has to stay.').waitFor();
    await context.close();
  });
});

describe('a maintainer', () => {
  test('adds a member with an end, changes the level in the table, and removes them', async () => {
    const { project, members } = await team();
    const context = await contextOf(staff.maintainer);
    const page = await openPage(context, members);
    await page.getByRole('button', { name: 'Add a member' }).click();
    const form = page.getByRole('dialog', { name: `Add a member to ${project}` });
    await form.getByRole('combobox', { name: 'User' }).fill('strange');
    await page.getByRole('option', { name: /Sam Strange/ }).click();
    expect(await form.getByRole('radio').count()).toBe(4);
    await form.getByRole('radio', { name: 'Reporter' }).check();
    await form.getByLabel('Ends on').fill('2099-01-31');
    await form.getByRole('button', { name: 'Add' }).click();
    await row(page, 'Sam Strange').getByText('2099-01-31').waitFor();

    await page.getByRole('button', { name: 'Level of Sam Strange: Reporter' }).click();
    expect(await page.getByRole('menuitemradio').count()).toBe(4);
    await page.getByRole('menuitemradio', { name: 'Developer' }).click();
    await page.getByRole('button', { name: 'Level of Sam Strange: Developer' }).waitFor();
    const sam = async () => (await people.members({ project, search: 'sam.strange' })).items;
    expect(await sam()).toMatchObject([{ access_level: 30, expires_at: '2099-01-31T00:00:00Z' }]);

    await act(page, 'Sam Strange', 'Change when it ends');
    const end = page.getByRole('dialog', { name: 'When the membership of Sam Strange ends' });
    await end.getByLabel('Ends on').fill('');
    await end.getByRole('button', { name: 'Save' }).click();
    await row(page, 'Sam Strange').getByText('never').waitFor();

    await act(page, 'Sam Strange', 'Remove from the project');
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await row(page, 'Sam Strange').waitFor({ state: 'hidden' });
    await expect.poll(() => focusedName(page)).toBe('Add a member');
    expect(await sam()).toEqual([]);
    await context.close();
  });

  test('reads why somebody cannot be added, with what was typed still there', async () => {
    const { members } = await team();
    const context = await contextOf(staff.maintainer);
    const page = await openPage(context, members);
    await page.getByRole('button', { name: 'Add a member' }).click();
    const form = page.getByRole('dialog');
    const user = form.getByRole('combobox', { name: 'User' });
    await user.fill('nobody.at.all');
    await form.getByText('Nobody has this in their name.').waitFor();
    await form.getByRole('button', { name: 'Add' }).click();
    await form.getByText('There is no user nobody.at.all.').waitFor();
    await user.fill('dana.deploys');
    await form.getByRole('button', { name: 'Add' }).click();
    await form.getByText('dana.deploys is a member already.').waitFor();
    await user.fill('olga.owns');
    await page.keyboard.press('Escape');
    expect(await form.isVisible()).toBe(true);
    await form.getByRole('button', { name: 'Add' }).click();
    await form.getByText('inherited membership').waitFor();
    expect(await user.inputValue()).toBe('olga.owns');
    await context.close();
  });

  test('is led from an inherited member to the group it is inherited from', async () => {
    const { group, members } = await team();
    const context = await contextOf(staff.owner);
    const page = await openPage(context, members);
    expect(await row(page, 'Olga Owns').getByRole('button').count()).toBe(0);
    await row(page, 'Olga Owns').getByRole('link', { name: group }).click();
    await page.getByRole('button', { name: 'Level of Olga Owns: Owner' }).waitFor();
    expect(page.url()).toBe(`${server.url}${groupPage(group)}`);
    await context.close();
  });
});

describe('who may not', () => {
  test('a developer sees the members and may only leave', async () => {
    const { members } = await team();
    const context = await contextOf(staff.developer);
    const page = await openPage(context, members);
    await row(page, 'Mia Maintains').waitFor();
    expect(await page.getByRole('button', { name: 'Add a member' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /^(Level of|Actions for)/ }).allInnerTexts()).toHaveLength(1);
    await act(page, 'Dana Deploys', 'Leave the project');
    await page.getByRole('button', { name: 'Leave', exact: true }).click();
    await page.getByRole('heading', { name: 'There is no such project here' }).waitFor();
    await context.close();
  });

  test('somebody who is no administrator reads so instead of the users, and makes no group at the top', async () => {
    const context = await contextOf(staff.stranger);
    const page = await openPage(context, '/settings/users');
    await page.getByRole('heading', { name: 'Only administrators see the users' }).waitFor();
    expect(await page.getByRole('button', { name: 'New user' }).count()).toBe(0);
    await page.goto('/settings/groups');
    await page.getByRole('heading', { name: 'Groups', level: 2 }).waitFor();
    expect(await page.getByRole('button', { name: 'New group' }).count()).toBe(0);
    await context.close();
  });

  test('a stranger learns nothing of a private group or its members', async () => {
    const { group } = await team();
    const context = await contextOf(staff.stranger);
    const page = await openPage(context, groupPage(group));
    await page.getByRole('heading', { name: 'There is no such group here' }).waitFor();
    expect(await page.getByText('Olga Owns').count()).toBe(0);
    await context.close();
  });

  test('a session that may only read changes nothing, although its user might', async () => {
    const { group } = await team();
    const { token = '' } = await server
      .clientOf(staff.owner.token)
      .createToken({ name: 'reads', scopes: ['read_api'] });
    const context = await contextOf({ token });
    const page = await openPage(context, groupPage(group));
    await row(page, 'Olga Owns').waitFor();
    expect(await page.getByRole('region', { name: 'General' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /^(Level of|Actions for|Add a member|New subgroup)/ }).count()).toBe(
      0,
    );
    await context.close();
  });

  test('an end to a session in the middle of a form keeps what was typed', async () => {
    await server.client.createUser({ username: 'brief', password: 'a long password', admin: true });
    const context = await browser.newContext({ baseURL: server.url });
    await context.request.post('/api/session', { data: { username: 'brief', password: 'a long password' } });
    const page = await openPage(context, '/settings/users');
    await page.getByRole('button', { name: 'New user' }).click();
    await page.getByLabel('User name').fill('typed.before');
    await people.blockUser('brief');
    await people.unblockUser('brief');
    await page.getByRole('button', { name: 'Create the user' }).click();
    const ended = page.getByRole('dialog', { name: 'Your session has ended' });
    await ended.getByLabel('User name').fill('brief');
    await ended.getByLabel('Password').fill('a long password');
    await ended.getByRole('button', { name: 'Sign in', exact: true }).click();
    await ended.waitFor({ state: 'hidden' });
    expect(await page.getByLabel('User name').inputValue()).toBe('typed.before');
    await page.getByRole('button', { name: 'Create the user' }).click();
    await page.getByRole('region', { name: 'One-time password of typed.before' }).waitFor();
    await context.close();
  });
});

test('members are managed on a telephone', async () => {
  const { members } = await team();
  await server.client.record(report({ namespace: 'phone', service: 'app' }));
  const context = await contextOf(staff.maintainer, { viewport: telephone });
  const page = await openPage(context, members);
  await page.getByRole('button', { name: 'Level of Dana Deploys: Developer' }).click();
  await page.getByRole('menuitemradio', { name: 'Reporter' }).click();
  await page.getByRole('button', { name: 'Level of Dana Deploys: Reporter' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(telephone.width);
  await context.close();
});
