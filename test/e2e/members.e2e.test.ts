import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { act, row } from './page-controls.ts';
import { focusedName, openPage, telephone } from './signed-in-page.ts';
import { groupPage, membersPage, startTeams, type Teams } from './teams.ts';

let teams: Teams;
beforeAll(async () => {
  teams = await startTeams();
});
afterAll(() => teams?.[Symbol.asyncDispose]());

describe('a maintainer', () => {
  test('adds a member with an end, changes the level in the table, and removes them', async () => {
    const { project } = await teams.team();
    const context = await teams.browserOf(teams.staff.maintainer);
    const page = await openPage(context, membersPage(project));
    await page.getByRole('button', { name: 'Add a member' }).click();
    const form = page.getByRole('dialog', { name: `Add a member to ${project}` });
    await form.getByRole('combobox', { name: 'User' }).fill('strange');
    await page.getByRole('option', { name: /Sam Strange/ }).click();
    await expect.poll(() => form.getByRole('radio').count()).toBe(4);
    await form.getByRole('radio', { name: 'Reporter' }).check();
    await form.getByLabel('Ends on').fill('2099-01-31');
    await form.getByRole('button', { name: 'Add' }).click();
    await row(page, 'Sam Strange').getByText('2099-01-31').waitFor();

    await page.getByRole('button', { name: 'Level of Sam Strange: Reporter' }).click();
    await expect.poll(() => page.getByRole('menuitemradio').count()).toBe(4);
    await page.getByRole('menuitemradio', { name: 'Developer' }).click();
    await page.getByRole('button', { name: 'Level of Sam Strange: Developer' }).waitFor();
    const sam = async () => (await teams.people.members({ project, search: 'sam.strange' })).items;
    expect(await sam()).toMatchObject([{ access_level: 30, expires_at: '2099-01-31T00:00:00Z' }]);

    await act(page, 'Sam Strange', 'Change when it ends');
    const end = page.getByRole('dialog', { name: 'When the membership of Sam Strange ends' });
    await end.getByLabel('Ends on').fill('');
    await end.getByRole('button', { name: 'Save' }).click();
    await row(page, 'Sam Strange').getByText('never').waitFor();

    await act(page, 'Sam Strange', 'Remove from the project');
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect.poll(() => focusedName(page)).toBe('Add a member');
    // Behind an open dialog the table has no rows.
    await row(page, 'Sam Strange').waitFor({ state: 'hidden' });
    expect(await sam()).toEqual([]);
    await context.close();
  });

  test('is told beside the field that somebody is to be named', async () => {
    const { project } = await teams.team();
    const context = await teams.browserOf(teams.staff.maintainer);
    const page = await openPage(context, membersPage(project));
    await page.getByRole('button', { name: 'Add a member' }).click();
    const form = page.getByRole('dialog', { name: `Add a member to ${project}` });
    await form.getByRole('button', { name: 'Add' }).click();
    await form.getByText('This is needed.').waitFor();
    await expect.poll(() => focusedName(page)).toBe('User');
    await form.getByRole('combobox', { name: 'User' }).fill('strange');
    await form.getByText('This is needed.').waitFor({ state: 'detached' });
    await context.close();
  });

  test('reads why somebody cannot be added, with what was typed still there', async () => {
    const { project } = await teams.team();
    const context = await teams.browserOf(teams.staff.maintainer);
    const page = await openPage(context, membersPage(project));
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
    await expect.poll(() => form.isVisible()).toBe(true);
    await form.getByRole('button', { name: 'Add' }).click();
    await form.getByText('inherited membership').waitFor();
    await expect.poll(() => user.inputValue()).toBe('olga.owns');
    await context.close();
  });

  test('is led from an inherited member to the group it is inherited from', async () => {
    const { group, project } = await teams.team();
    const context = await teams.browserOf(teams.staff.owner);
    const page = await openPage(context, membersPage(project));
    await expect.poll(() => row(page, 'Olga Owns').getByRole('button').count()).toBe(0);
    await row(page, 'Olga Owns').getByRole('link', { name: group }).click();
    await page.getByRole('button', { name: 'Level of Olga Owns: Owner' }).waitFor();
    expect(page.url()).toBe(`${teams.server.url}${groupPage(group)}`);
    await context.close();
  });
});

test('a developer sees the members and may only leave', async () => {
  const { project } = await teams.team();
  const context = await teams.browserOf(teams.staff.developer);
  const page = await openPage(context, membersPage(project));
  await row(page, 'Mia Maintains').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Add a member' }).count()).toBe(0);
  await expect
    .poll(() => page.getByRole('button', { name: /^(Level of|Actions for)/ }).allInnerTexts())
    .toHaveLength(1);
  await act(page, 'Dana Deploys', 'Leave the project');
  await page.getByRole('button', { name: 'Leave', exact: true }).click();
  await page.getByRole('heading', { name: 'There is no such project here' }).waitFor();
  await context.close();
});

test('members are managed on a telephone', async () => {
  const { project } = await teams.team();
  const context = await teams.browserOf(teams.staff.maintainer, { viewport: telephone });
  const page = await openPage(context, membersPage(project));
  await page.getByRole('button', { name: 'Level of Dana Deploys: Developer' }).click();
  await page.getByRole('menuitemradio', { name: 'Reporter' }).click();
  await page.getByRole('button', { name: 'Level of Dana Deploys: Reporter' }).waitFor();
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(telephone.width);
  await context.close();
});
