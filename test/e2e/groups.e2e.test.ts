import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { act, row } from './page-controls.ts';
import { openPage } from './signed-in-page.ts';
import { groupPage, startTeams, type Teams } from './teams.ts';

let teams: Teams;
beforeAll(async () => {
  teams = await startTeams();
});
afterAll(() => teams?.[Symbol.asyncDispose]());

describe('an owner', () => {
  test('renames a group, which moves what lies in it, and deletes it after reading what ends', async () => {
    const { group } = await teams.team();
    const path = `${group}-moved`;
    const context = await teams.browserOf(teams.staff.owner);
    const page = await openPage(context, groupPage(group));
    await page.getByRole('link', { name: `${group}/app` }).waitFor();
    const form = page.getByRole('region', { name: 'General' });
    await expect.poll(() => form.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await form.getByLabel('Name', { exact: true }).fill('Moved');
    await form.getByLabel('Path').fill(path);
    await form.getByText('pipelines that report in the old namespace').waitFor();
    await form.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(`**${groupPage(path)}`);
    await page.getByRole('link', { name: `${path}/app` }).waitFor();
    await page.getByRole('heading', { name: 'Moved', exact: true }).waitFor();

    await page.getByRole('button', { name: 'Delete this group' }).click();
    const question = page.getByRole('dialog', { name: `Delete ${path}?` });
    await expect.poll(() => question.getByRole('list', { name: 'Projects that end' }).innerText()).toBe(`${path}/app`);
    await question.getByLabel(`Type ${path} to confirm`).fill(path);
    await question.getByRole('button', { name: 'Delete the group' }).click();
    await page.waitForURL('**/settings/groups');
    await expect(teams.people.group(path)).rejects.toMatchObject({ status: 404 });
    await context.close();
  });

  test('makes a subgroup, and may not open it wider than what it lies in', async () => {
    const { group } = await teams.team();
    const context = await teams.browserOf(teams.staff.owner);
    const page = await openPage(context, groupPage(group));
    await page.getByRole('button', { name: 'New subgroup' }).click();
    const form = page.getByRole('dialog', { name: 'New group' });
    await form.getByLabel('Name', { exact: true }).fill('Web & Apps');
    await expect.poll(() => form.getByLabel('Path').inputValue()).toBe('web-apps');
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
    const { group } = await teams.team();
    // The administrator made the group, and is its other owner.
    const { items } = await teams.people.members({ group });
    const bot = items.find((member) => member.bot);
    expect(bot?.access_level ?? 50).toBe(50);
    const context = await teams.browserOf(teams.staff.owner);
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

describe('who may not', () => {
  test('a stranger learns nothing of a private group or its members', async () => {
    const { group } = await teams.team();
    const context = await teams.browserOf(teams.staff.stranger);
    const page = await openPage(context, groupPage(group));
    await page.getByRole('heading', { name: 'There is no such group here' }).waitFor();
    await expect.poll(() => page.getByText('Olga Owns').count()).toBe(0);
    await context.close();
  });

  test('a session that may only read changes nothing, although its user might', async () => {
    const { group } = await teams.team();
    const { token = '' } = await teams.server
      .clientOf(teams.staff.owner.token)
      .createToken({ name: 'reads', scopes: ['read_api'] });
    const context = await teams.browserOf({ token });
    const page = await openPage(context, groupPage(group));
    await row(page, 'Olga Owns').waitFor();
    await expect.poll(() => page.getByRole('region', { name: 'General' }).count()).toBe(0);
    await expect
      .poll(() => page.getByRole('button', { name: /^(Level of|Actions for|Add a member|New subgroup)/ }).count())
      .toBe(0);
    await context.close();
  });
});
