import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProtectedEnvironmentsClient } from '../../src/client/protected-environments-client.ts';
import { ask } from '../support/ask.ts';
import { administrator, join } from '../support/people.ts';
import { type GatedWorld, settingsOf, startGatedWorld } from './gated-project.ts';
import { holdBack, row, tabTo } from './page-controls.ts';
import { focusedName, openPage } from './signed-in-page.ts';

let world: GatedWorld;
beforeAll(async () => {
  world = await startGatedWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

const protections = () => new ProtectedEnvironmentsClient(world.server.client.requests);

describe('protected environments', () => {
  test('a maintainer protects production by keyboard alone, and what is deployed there waits for the approver', async () => {
    const path = await world.project();
    const context = await world.browserOf(world.people.maintainer);
    const page = await openPage(context, settingsOf(path, 'protection'));
    await page.getByText('itself protects nothing').waitFor();
    await tabTo(page, 'Protect an environment');
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog', { name: `Protect an environment of ${path}` });
    await expect.poll(() => focusedName(page)).toBe('Environment');
    const letGo = await holdBack(page, '/api/project/environments', (request) => request.url().includes('search='));
    await page.keyboard.type('prod');
    // Not those that were found before it was typed, nor before it is answered.
    await expect.poll(() => page.getByRole('option').allInnerTexts()).toEqual(['production']);
    letGo();
    await page.keyboard.press('Enter');
    await tabTo(page, 'Let deploy');
    await page.keyboard.type('Developers');
    await page.getByRole('option', { name: 'Developers + Maintainers' }).waitFor();
    await page.keyboard.press('Enter');
    await form.getByRole('list', { name: 'Who may deploy' }).getByText('Developers + Maintainers').waitFor();
    await tabTo(page, 'None');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await tabTo(page, 'Must approve');
    await page.keyboard.type('ada');
    await page.getByRole('option', { name: 'Ada Approves' }).waitFor();
    await page.keyboard.press('Enter');
    await form.getByRole('spinbutton', { name: 'Approvals from Ada Approves' }).waitFor();
    await tabTo(page, 'Protect');
    await page.keyboard.press('Enter');
    await page.getByText('production is protected.').waitFor();
    await row(page, 'production').getByText('1 from Ada Approves').waitFor();
    await expect.poll(() => focusedName(page)).toBe('Protect an environment');
    expect(await protections().one({ project: path }, 'production')).toMatchObject({
      deployers: [{ name: 'Maintainers' }, { name: 'Developers + Maintainers' }],
      approval_rules: [{ username: 'ada.approves', required_approvals: 1 }],
    });

    expect((await world.deploy(path)).body).toMatchObject({ status: 'blocked' });
    const own = await world.browserOf(world.people.approver);
    const inbox = await openPage(own, '/inbox');
    await inbox.getByRole('article').filter({ hasText: path }).getByText('Ada Approves').first().waitFor();
    await inbox.goto(`/?slot=${path}@production`);
    const held = inbox.getByRole('list', { name: 'What holds deployments back' });
    await held.getByText('Each deployment needs 1 approval: 1 from Ada Approves.').waitFor();
    await Promise.all([context.close(), own.close()]);
  });

  test('a change is refused beside its field when another protected it meanwhile, and nothing typed is lost', async () => {
    const path = await world.project();
    const context = await world.browserOf(world.people.maintainer);
    const page = await openPage(context, settingsOf(path, 'protection'));
    await page.getByRole('button', { name: 'Protect an environment' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('button', { name: 'Protect', exact: true }).click();
    await form.getByText('Name the environment.').waitFor();
    await form.getByRole('combobox', { name: 'Environment' }).fill('production');
    await form.getByRole('radio', { name: 'By anybody who may deploy' }).check();
    await form.getByRole('spinbutton', { name: 'Approvals needed' }).fill('3');
    await protections().protect({ project: path }, { name: 'production', deployers: [{ level: 30 }] });
    await form.getByRole('button', { name: 'Protect', exact: true }).click();
    await form.getByText('It is protected already.').waitFor();
    await expect.poll(() => form.getByRole('spinbutton', { name: 'Approvals needed' }).inputValue()).toBe('3');
    await form.getByRole('combobox', { name: 'Environment' }).fill('canary');
    await page.getByText('No environment is called so yet').waitFor();
    await form.getByRole('button', { name: 'Protect', exact: true }).click();
    await row(page, 'canary').getByText('3 from anybody who may deploy').waitFor();
    await context.close();
  });

  test('one is changed, and unprotected after a question that says who may deploy then; what waited runs', async () => {
    const path = await world.project();
    await protections().protect(
      { project: path },
      { name: 'production', deployers: [{ level: 30 }], approval_rules: [{ user_id: world.people.approver.id }] },
    );
    const context = await world.browserOf(world.people.maintainer);
    const page = await openPage(context, settingsOf(path, 'protection'));
    await page.getByRole('button', { name: 'Change the protection of production' }).click();
    const form = page.getByRole('dialog', { name: 'Protection of production' });
    await form.getByRole('button', { name: 'Remove Ada Approves' }).click();
    await expect.poll(() => focusedName(page)).toBe('Must approve');
    await page.keyboard.type('Mainta');
    await page.getByRole('option', { name: 'Maintainers', exact: true }).click();
    await form.getByRole('spinbutton', { name: 'Approvals from Maintainers' }).fill('2');
    await form.getByRole('combobox', { name: /may approve it/ }).selectOption('no');
    await form.getByRole('button', { name: 'Save' }).click();
    await row(page, 'production').getByText('2 from Maintainers').waitFor();
    await row(page, 'production').getByText('Not by who started it').waitFor();
    await expect.poll(() => focusedName(page)).toBe('Change the protection of production');

    const { id } = (await world.deploy(path)).body;
    const status = async () => {
      const at = `GET /api/v4/projects/${encodeURIComponent(path)}/deployments/${id}` as const;
      return (await ask<{ status: string }>(world.server, at)).body.status;
    };
    expect(await status()).toBe('blocked');
    await page.getByRole('button', { name: 'Unprotect production' }).click();
    const question = page.getByRole('dialog', { name: 'Unprotect production?' });
    await question.getByText(`Every developer of ${path} may deploy`).waitFor();
    await question.getByRole('button', { name: 'Unprotect' }).click();
    await page.getByText('itself protects nothing').waitFor();
    await expect.poll(() => focusedName(page)).toBe('Protect an environment');
    expect(await status()).toBe('running');
    await context.close();
  });

  test('a group protects a tier, which its projects show with the way to the group', async () => {
    const path = await world.project();
    const context = await world.browserOf({ token: world.server.adminToken });
    const page = await openPage(context, '/settings/groups/acme');
    await page.getByRole('button', { name: 'Protect a tier' }).click();
    const form = page.getByRole('dialog', { name: 'Protect a tier of acme' });
    await expect.poll(() => form.getByRole('combobox', { name: 'Tier' }).inputValue()).toBe('production');
    await form.getByRole('combobox', { name: 'Tier' }).selectOption('staging');
    await form.getByRole('button', { name: 'Protect', exact: true }).click();
    await page.getByRole('table', { name: 'Protected tiers' }).getByText('staging tier').waitFor();
    await page.goto(settingsOf(path, 'protection'));
    const inherited = page.getByRole('table', { name: 'From the groups above' });
    await inherited.getByRole('link', { name: 'acme' }).click();
    await page.waitForURL('**/settings/groups/acme');
    await protections().unprotect({ group: 'acme' }, 'staging');
    await context.close();
  });

  test('a developer sees but may not change, a reader is told who sees, and a reading session changes nothing', async () => {
    const path = await world.project();
    await protections().protect({ project: path }, { name: 'production', deployers: [{ level: 40 }] });
    const developer = await world.browserOf(world.people.developer);
    const page = await openPage(developer, settingsOf(path, 'protection'));
    await row(page, 'production').getByText('Maintainers').waitFor();
    await expect.poll(() => page.getByRole('main').getByRole('button').count()).toBe(0);
    await page.goto(`/?slot=${path}@production`);
    await page.getByText('you are not among those who may deploy').waitFor();
    await developer.close();

    await join(world.server, 'project', path, world.people.reader, 'reporter');
    await world.server.context.projects.change(await administrator(world.server), path, { visibility: 'private' });
    const reader = await world.browserOf(world.people.reader);
    const refused = await openPage(reader, settingsOf(path, 'protection'));
    await refused.getByRole('heading', { name: 'Only developers of the project' }).waitFor();
    await reader.close();

    const { token = '' } = await world.server
      .clientOf(world.people.maintainer.token)
      .createToken({ name: 'reads', scopes: ['read_api'] });
    const reading = await world.browserOf({ token });
    const shown = await openPage(reading, settingsOf(path, 'protection'));
    await row(shown, 'production').waitFor();
    await expect.poll(() => shown.getByRole('main').getByRole('button').count()).toBe(0);
    await reading.close();
  });
});
