import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn } from '../support/sign-in.ts';
import { act, holdBack, row, tabTo, typingIn } from './page-controls.ts';
import { focusedName, openPage } from './signed-in-page.ts';
import { startTeams, type Teams } from './teams.ts';

let teams: Teams;
beforeAll(async () => {
  teams = await startTeams();
});
afterAll(() => teams?.[Symbol.asyncDispose]());

test('an administrator makes a user, a group, and the user its developer, all by the keyboard', async () => {
  const page = await openPage(teams.admin, '/settings/users');
  await row(page, 'Olga Owns').waitFor();
  await tabTo(page, 'New user');
  await page.keyboard.press('Enter');
  await typingIn(page, 'New user');
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
  const signedIn = await signIn(teams.server, { username: 'grace', password });
  expect([signedIn.status, signedIn.body.password_change_required]).toEqual([200, true]);

  await tabTo(page, 'Groups');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'New group' }).waitFor();
  await tabTo(page, 'New group');
  await page.keyboard.press('Enter');
  await typingIn(page, 'New group');
  await page.keyboard.type('Data platform');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/settings/groups/data-platform');
  await page.getByRole('heading', { name: 'Data platform' }).waitFor();
  await page.getByRole('button', { name: 'Add a member' }).waitFor();
  await tabTo(page, 'Add a member');
  await page.keyboard.press('Enter');
  await typingIn(page, 'Add a member to data-platform');
  await page.keyboard.type('hopp');
  await page.getByRole('option', { name: /Grace Hopper/ }).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByRole('combobox', { name: 'User' }).inputValue()).toBe('grace');
  await page.keyboard.press('Enter');
  await row(page, 'Grace Hopper').waitFor();
  await expect.poll(() => focusedName(page)).toBe('Add a member');
  const { items } = await teams.people.members({ group: 'data-platform', search: 'grace' });
  expect(items).toMatchObject([{ username: 'grace', access_level: 30, expires_at: null }]);
  await page.close();
});

test('whoever types on and presses Enter means nobody who was found for the text before', async () => {
  const { group } = await teams.team();
  const page = await openPage(teams.admin, `/settings/groups/${group}`);
  await page.getByRole('button', { name: 'Add a member' }).click();
  await typingIn(page, `Add a member to ${group}`);
  await page.keyboard.type('a');
  await page.getByRole('option', { name: /Mia Maintains/ }).waitFor();
  const letGo = await holdBack(page, '/api/users', (request) => request.url().includes('search=am'));
  await page.keyboard.type('m');
  const names = () => page.getByRole('option').allInnerTexts();
  await expect.poll(async () => (await names()).every((name) => name.includes('Sam'))).toBe(true);
  letGo();
  await page.getByRole('option', { name: /Sam Strange/ }).waitFor();
  await page.close();
});

describe('an administrator', () => {
  test('changes a user, whose taken name is said beside the field and typed text stays', async () => {
    await teams.server.client.createUser({ username: 'changing', name: 'Before' });
    const page = await openPage(teams.admin, '/settings/users?q=changing');
    await act(page, 'Before', 'Change');
    const form = page.getByRole('dialog', { name: 'Change Before' });
    await form.getByLabel('User name').fill('olga.owns');
    await form.getByLabel('Full name').fill('After');
    await form.getByLabel('Email address').fill('after@example.com');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('is taken').waitFor();
    await expect.poll(() => form.getByLabel('User name').getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => form.getByLabel('Full name').inputValue()).toBe('After');
    await form.getByLabel('User name').fill('changing');
    await form.getByRole('checkbox', { name: 'Administrator' }).check();
    await form.getByRole('button', { name: 'Save' }).click();
    await row(page, 'After').getByText('administrator').waitFor();
    const [user] = (await teams.people.users({ search: 'changing' })).items;
    expect(user).toMatchObject({ name: 'After', account: { email: 'after@example.com', admin: true } });
    await page.close();
  });

  test('keeps what was typed while the server is away', async () => {
    const page = await openPage(teams.admin, '/settings/users');
    await page.getByRole('button', { name: 'New user' }).click();
    const form = page.getByRole('dialog', { name: 'New user' });
    await form.getByLabel('User name').fill('patient');
    await page.route('**/api/users', (route) => route.abort());
    await form.getByRole('button', { name: 'Create the user' }).click();
    await form.getByRole('alert').getByText('What you entered is still here.').waitFor();
    await page.unroute('**/api/users');
    await expect.poll(() => form.getByLabel('User name').inputValue()).toBe('patient');
    await form.getByRole('button', { name: 'Create the user' }).click();
    await page.getByRole('region', { name: 'One-time password of patient' }).waitFor();
    await page.close();
  });

  test('blocks a user, lets them in again, gives them a new password and deletes them', async () => {
    const credentials = { username: 'leaving', password: 'a long password' };
    await teams.server.client.createUser({ ...credentials, name: 'Lea Ving' });
    const works = async (password = credentials.password) =>
      (await signIn(teams.server, { ...credentials, password })).status;
    const page = await openPage(teams.admin, '/settings/users?q=leaving');
    await act(page, 'Lea Ving', 'Block');
    await page.getByRole('button', { name: 'Block', exact: true }).click();
    await row(page, 'Lea Ving').getByText('blocked').waitFor();
    expect(await works()).toBe(401);
    await act(page, 'Lea Ving', 'Unblock');
    await page.getByRole('button', { name: 'Unblock', exact: true }).click();
    // Behind an open dialog the table has no rows.
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
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
    await expect.poll(() => question.getByRole('button', { name: 'Delete the user' }).isDisabled()).toBe(true);
    await question.getByLabel('Type leaving to confirm').fill('leaving');
    await question.getByRole('button', { name: 'Delete the user' }).click();
    await page.getByText('No user is like that.').waitFor();
    await expect.poll(() => focusedName(page)).toBe('New user');
    expect(await works(password)).toBe(401);
    await page.close();
  });

  test('is offered nothing that would lock themselves out', async () => {
    await teams.server.client.createUser({
      username: 'chief',
      name: 'Chief',
      password: 'a long password',
      admin: true,
    });
    const context = await teams.freshBrowser();
    await context.request.post('/api/session', { data: { username: 'chief', password: 'a long password' } });
    const page = await openPage(context, '/settings/users?q=chief');
    await row(page, 'Chief').getByText('You', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Actions for Chief' }).click();
    await expect.poll(() => page.getByRole('menuitem').allInnerTexts()).toEqual(['Change']);
    await page.getByRole('menuitem', { name: 'Change' }).click();
    await expect.poll(() => page.getByRole('checkbox', { name: 'Administrator' }).isDisabled()).toBe(true);
    await context.close();
  });

  test('finds blocked users and bots, by a link as well', async () => {
    await teams.server.client.createUser({ username: 'shut.out' });
    await teams.people.blockUser('shut.out');
    const page = await openPage(teams.admin, '/settings/users');
    await page.getByRole('button', { name: /^Show/ }).click();
    await page.getByRole('menuitemradio', { name: 'Blocked' }).click();
    await row(page, 'shut.out').waitFor();
    await row(page, 'Olga Owns').waitFor({ state: 'hidden' });
    expect(page.url()).toBe(`${teams.server.url}/settings/users?show=blocked`);
    await page.goto('/settings/users?show=bots');
    await row(page, 'shiplog-admin').getByText('bot of a token').waitFor();
    await expect.poll(() => page.getByRole('button', { name: /^Actions for/ }).count()).toBe(0);
    await page.close();
  });
});

test('somebody who is no administrator reads so instead of the users, and makes no group at the top', async () => {
  const context = await teams.browserOf(teams.staff.stranger);
  const page = await openPage(context, '/settings/users');
  await page.getByRole('heading', { name: 'Only administrators see the users' }).waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'New user' }).count()).toBe(0);
  await page.goto('/settings/groups');
  await page.getByRole('heading', { name: 'Groups', level: 2 }).waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'New group' }).count()).toBe(0);
  await context.close();
});

test('an end to a session in the middle of a form keeps what was typed', async () => {
  await teams.server.client.createUser({ username: 'brief', password: 'a long password', admin: true });
  const context = await teams.freshBrowser();
  await context.request.post('/api/session', { data: { username: 'brief', password: 'a long password' } });
  const page = await openPage(context, '/settings/users');
  await page.getByRole('button', { name: 'New user' }).click();
  await page.getByLabel('User name').fill('typed.before');
  // With the press on its way: before, the page might notice by itself, and ask over the form that is to be sent.
  await page.route(
    '**/api/users',
    async (route) => {
      await teams.people.blockUser('brief');
      await teams.people.unblockUser('brief');
      await route.continue();
    },
    { times: 1 },
  );
  await page.getByRole('button', { name: 'Create the user' }).click();
  const ended = page.getByRole('dialog', { name: 'Your session has ended' });
  await ended.getByLabel('User name').fill('brief');
  await ended.getByLabel('Password').fill('a long password');
  await ended.getByRole('button', { name: 'Sign in', exact: true }).click();
  await ended.waitFor({ state: 'hidden' });
  await expect.poll(() => page.getByLabel('User name').inputValue()).toBe('typed.before');
  await page.getByRole('button', { name: 'Create the user' }).click();
  await page.getByRole('region', { name: 'One-time password of typed.before' }).waitFor();
  await context.close();
});
