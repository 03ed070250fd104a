import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FreezePeriodsClient } from '../../src/client/freeze-periods-client.ts';
import { ProtectedEnvironmentsClient } from '../../src/client/protected-environments-client.ts';
import { ask } from '../support/ask.ts';
import { report } from '../support/factories.ts';
import { type GatedWorld, settingsOf, startGatedWorld } from './gated-project.ts';
import { row } from './page-controls.ts';
import { focusedName, openPage, telephone } from './signed-in-page.ts';

let world: GatedWorld;
beforeAll(async () => {
  world = await startGatedWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

describe('freeze periods', () => {
  test('a maintainer makes one by a common rhythm, and sees the next three before it is made', async () => {
    const path = await world.project();
    const context = await world.browserOf(world.people.maintainer);
    const page = await openPage(context, settingsOf(path, 'freezes'));
    await page.getByText('can be deployed at any time').waitFor();
    await page.getByRole('button', { name: 'New freeze period' }).click();
    const form = page.getByRole('dialog', { name: `New freeze period of ${path}` });
    await expect.poll(() => form.getByRole('combobox', { name: 'Time zone' }).inputValue()).toBe('Europe/Berlin');
    const next = form.getByRole('region', { name: 'The next freezes' }).getByRole('listitem');
    await expect.poll(() => next.count()).toBe(3);
    await expect.poll(() => next.first().innerText()).toMatch(/^Fri.*Mon/);
    await form.getByRole('combobox', { name: 'How often' }).selectOption('daily');
    await form.getByLabel('Time until').fill('06:30');
    await expect.poll(() => next.last().innerText()).toContain('10h 30m');
    await expect
      .poll(() => form.getByRole('textbox', { name: 'Ends, as a cron line' }).inputValue())
      .toBe('30 6 * * *');
    await form.getByRole('combobox', { name: 'Time zone' }).fill('tokyo');
    await page.getByRole('option', { name: 'Asia/Tokyo' }).click();
    await form.getByRole('button', { name: 'Create the freeze period' }).click();
    const made = row(page, 'Every day 20:00 → 06:30');
    await made.getByText('Asia/Tokyo').waitFor();
    expect((await new FreezePeriodsClient(world.server.client.requests).list(path)).items).toMatchObject([
      { freeze_start: '0 20 * * *', freeze_end: '30 6 * * *', cron_timezone: 'Asia/Tokyo' },
    ]);
    await context.close();
  });

  test('says of one that holds already that it freezes at once', async () => {
    const context = await world.browserOf(world.people.maintainer);
    const page = await openPage(context, settingsOf(await world.project(), 'freezes'));
    await page.getByRole('button', { name: 'New freeze period' }).click();
    const form = page.getByRole('dialog');
    // The whole year, but for its last minute.
    await form.getByRole('textbox', { name: 'Begins, as a cron line' }).fill('0 0 1 1 *');
    await form.getByRole('textbox', { name: 'Ends, as a cron line' }).fill('59 23 31 12 *');
    const next = form.getByRole('region', { name: 'The next freezes' }).getByRole('listitem');
    await next.first().getByText('Freezes at once').waitFor();
    await expect.poll(() => next.nth(1).innerText()).not.toContain('at once');
    await context.close();
  });

  test('lines that nobody can read are marked as they are typed, and cannot be saved', async () => {
    const path = await world.project();
    const context = await world.browserOf(world.people.maintainer);
    const page = await openPage(context, settingsOf(path, 'freezes'));
    await page.getByRole('button', { name: 'New freeze period' }).click();
    const form = page.getByRole('dialog');
    const end = form.getByRole('textbox', { name: 'Ends, as a cron line' });
    await end.fill('0 7 30 2 *');
    await expect.poll(() => end.getAttribute('aria-invalid')).toBe('true');
    await form.getByRole('button', { name: 'Create the freeze period' }).click();
    await expect.poll(() => end.getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => form.getByRole('combobox', { name: 'How often' }).inputValue()).toBe('other');
    await end.fill('* 7 * * 1');
    await expect.poll(() => end.getAttribute('aria-invalid')).toBe(null);
    await form.getByRole('region', { name: 'The next freezes' }).getByRole('listitem').nth(2).waitFor();
    await form.getByRole('button', { name: 'Create the freeze period' }).click();
    await row(page, '0 18 * * 5 → * 7 * * 1').waitFor();
    await context.close();
  });

  test('one that holds now is shown to all, refuses what would start, and lets it go when it is deleted', async () => {
    const path = await world.project();
    const context = await world.browserOf(world.people.maintainer);
    const page = await openPage(context, settingsOf(path, 'freezes'));
    await page.getByRole('button', { name: 'New freeze period' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('textbox', { name: 'Begins, as a cron line' }).fill('* * * * *');
    const end = form.getByRole('textbox', { name: 'Ends, as a cron line' });
    await end.fill('0 0 1 1 *');
    await end.press('Enter');
    await page.getByRole('region', { name: 'Frozen now' }).getByText('until').first().waitFor();
    const byGitLab = await world.deploy(path);
    expect([byGitLab.status, byGitLab.body.message]).toEqual([403, expect.stringContaining('Frozen until')]);
    const byGitHub = await ask(world.server, `POST /repos/${path as 'a/b'}/deployments`, {
      token: world.people.developer.token,
      body: { ref: 'main', environment: 'production', required_contexts: [] },
    });
    expect([byGitHub.status, byGitHub.text]).toEqual([409, expect.stringContaining('rozen')]);

    const own = await world.browserOf(world.people.developer);
    const seen = await openPage(own, `/?slot=${path}@production`);
    const held = seen.getByRole('list', { name: 'What holds deployments back' });
    await held.getByRole('link', { name: 'Frozen' }).click();
    await seen.getByRole('region', { name: 'Frozen now' }).waitFor();
    await expect.poll(() => seen.getByRole('main').getByRole('button').count()).toBe(0);

    await page.getByRole('button', { name: /^Delete / }).click();
    const question = page.getByRole('dialog', { name: 'Delete the freeze period?' });
    await question.getByText('It holds now').waitFor();
    await question.getByRole('button', { name: 'Delete the freeze period' }).click();
    await page.getByText('can be deployed at any time').waitFor();
    await expect.poll(() => focusedName(page)).toBe('New freeze period');
    expect((await world.deploy(path)).status).toBe(201);
    await Promise.all([context.close(), own.close()]);
  });

  test('it is told alike in the matrix, the overview, and beside the buttons that approve', async () => {
    const path = await world.project();
    const [namespace, service] = path.split('/') as [string, string]; // a group and a name
    const lines = { freeze_start: '* * * * *', freeze_end: '0 0 1 1 *' };
    const waits = report({ namespace, service, status: 'waiting', version: '2.0.0' });
    await new ProtectedEnvironmentsClient(world.server.client.requests).protect(
      { project: path },
      { name: 'production', deployers: [{ level: 30 }], approval_rules: [{ user_id: world.people.approver.id }] },
    );
    const { deployment_number: number } = await world.server.clientOf(world.people.developer.token).record(waits);
    const open = await world.project();
    await new FreezePeriodsClient(world.server.client.requests).create(path, lines);
    const context = await world.browserOf(world.people.approver);
    const page = await openPage(context, '/');
    // A freeze until the new year in UTC, as it is in Berlin.
    const frozen = new RegExp(`Frozen until \\w{3}, Jan 1, ${new Date().getUTCFullYear() + 1}, 01:00`);
    const header = page.getByRole('rowheader').filter({ hasText: service });
    await header.getByRole('img', { name: frozen }).waitFor();
    await page.getByRole('rowheader', { name: open, exact: true }).waitFor();
    await page.setViewportSize(telephone);
    await page.getByRole('heading', { name: service }).getByRole('img', { name: frozen }).waitFor();
    await page.goto('/inbox');
    await page
      .getByRole('article', { name: `${path} to production` })
      .getByRole('link', { name: frozen })
      .waitFor();
    await page.goto(`/deployments/${number}`);
    const approvals = page.getByRole('region', { name: 'Approvals' });
    await approvals.getByRole('link', { name: frozen }).waitFor();
    await page.goto(`/?slot=${path}@production`);
    await page.getByRole('list', { name: 'What holds deployments back' }).getByRole('link', { name: frozen }).waitFor();
    await approvals.getByRole('link', { name: frozen }).waitFor();
    await page.goto(`/projects/${encodeURIComponent(path)}`);
    await page.getByRole('link', { name: frozen }).click();
    await page
      .getByRole('region', { name: 'Frozen now' })
      .getByText(/Frozen until \w{3}, Jan 1, \d+, 00:00/)
      .waitFor();
    await context.close();
  });

  test('its mark goes when it ends, also where the server cannot be asked then', async () => {
    const path = await world.project();
    const context = await world.browserOf(world.people.developer);
    const page = await context.newPage();
    let asked = 0;
    await page.route('**/api/freeze-periods/frozen', (route) => {
      asked += 1;
      if (asked > 1) return route.abort('connectionrefused');
      return route.fulfill({
        json: { items: [{ project: path, until: new Date(Date.now() + 60_000).toISOString() }] },
      });
    });
    await page.clock.install();
    await page.goto('/');
    const mark = page.getByRole('rowheader').filter({ hasText: path.split('/')[1] ?? path });
    await mark.getByRole('img', { name: /^Frozen until / }).waitFor();
    await page.clock.fastForward(65_000);
    await mark.getByRole('img').waitFor({ state: 'detached' });
    await context.close();
  });

  test('a change keeps what another changed meanwhile, and typed lines outlive a lost connection', async () => {
    const path = await world.project();
    const periods = new FreezePeriodsClient(world.server.client.requests);
    const weekend = { freeze_start: '0 18 * * 5', freeze_end: '0 7 * * 1', cron_timezone: 'UTC' };
    const { id } = await periods.create(path, weekend);
    const context = await world.browserOf(world.people.maintainer);
    const page = await openPage(context, settingsOf(path, 'freezes'));
    await page.getByRole('button', { name: 'Change Fri 18:00 → Mon 07:00' }).click();
    const form = page.getByRole('dialog', { name: 'Change the freeze period' });
    await form.getByLabel('Time from').fill('20:00');
    await periods.change(path, id, { cron_timezone: 'Asia/Tokyo' });
    await context.setOffline(true);
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByRole('alert').getByText('What you entered is still here').waitFor();
    await context.setOffline(false);
    await form.getByRole('button', { name: 'Save' }).click();
    await row(page, 'Fri 20:00 → Mon 07:00').getByText('Asia/Tokyo').waitFor();
    await expect.poll(() => focusedName(page)).toMatch(/^Change Fri/);
    await context.close();
  });
});
