import { tmpdir } from 'node:os';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { join, type Person, person, privateProject } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { holdBack } from './page-controls.ts';
import { type PromotedProject, promoteProject } from './promoted-project.ts';
import { askToDeploy, protectProduction, team } from './protected-lane.ts';
import { focusedName, openPage, signedInContext, slotCell, telephone } from './signed-in-page.ts';
import { trackProject } from './tracked-project.ts';

describe('the page of a deployment', () => {
  let server: TestServer;
  let browser: Browser;
  let context: BrowserContext;
  let basket: PromotedProject;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startTestServer({ repositoryPaths: [tmpdir()] }), launchBrowser()]);
    basket = await promoteProject(server, 'shop/basket');
    context = await signedInContext(browser, server);
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  const addressOf = (what: string) => `/deployments/${basket.numbers.get(what)}`;
  const title = (page: Page, text: string) => page.getByRole('heading', { level: 1, name: text });

  test('says what ran before and after, what became of it, and leads from one to the next', async () => {
    const page = await openPage(context, addressOf('1.2.0 in production-eu'));
    await title(page, 'shop/basket 1.2.0 in production-eu').waitFor();
    await page.getByRole('status').getByText('Rolled back').waitFor();
    await page.getByRole('region', { name: 'Replaced', exact: true }).getByRole('link', { name: '1.1.0' }).waitFor();
    await page.getByRole('region', { name: 'Rolled back by' }).getByRole('link', { name: '1.1.0' }).click();
    await title(page, 'shop/basket 1.1.0 in production-eu').waitFor();
    await page.getByRole('region', { name: 'Replaced by' }).getByRole('link', { name: '1.3.0' }).click();
    await title(page, 'shop/basket 1.3.0 in production-eu').waitFor();
    await page.getByRole('status').getByText('Runs there now').waitFor();
    await page.getByText('it is what runs in production-eu').waitFor();
    await page
      .getByRole('link', { name: /^Previous deployment there/ })
      .getByText('Previous')
      .click();
    await title(page, 'shop/basket 1.1.0 in production-eu').waitFor();
    await page.goBack();
    await title(page, 'shop/basket 1.3.0 in production-eu').waitFor();
    await page.close();
  });

  test('says of one that has not begun what runs there now, and that it would replace it', async () => {
    const sent = { service: 'patient', environment: 'production' };
    const now = Date.now();
    const tell = (version: string, status: string, minutesAgo: number) =>
      server.client.record(
        report({
          ...sent,
          version,
          status,
          deployment_id: `patient-${version}`,
          happened_at: new Date(now - minutesAgo * 60_000).toISOString(),
        }),
      );
    const { deployment_number: first } = await tell('1.0.0', 'queued', 9);
    const page = await openPage(context, `/deployments/${first}`);
    await title(page, 'patient 1.0.0 in production').waitFor();
    await expect.poll(() => page.getByRole('article').first().innerText()).toMatch(/patient 1\.0\.0 in production/);
    await page.getByText('Nothing runs in production yet.').waitFor();
    for (const [index, version] of ['1.1.0', '1.2.0'].entries()) await tell(version, 'success', 5 - index);
    const present = page.getByRole('region', { name: 'Runs there now' });
    await present.getByRole('link', { name: '1.2.0' }).waitFor();
    await page.getByText('It would replace 1.2.0.').waitFor();
    await page.close();
  });

  test('shows each status with its time and the time between them, and the events as they came', async () => {
    const page = await openPage(context, addressOf('1.3.0 in production-us'));
    const statuses = page.getByRole('list', { name: 'Statuses' }).getByRole('listitem');
    await expect.poll(() => statuses.allInnerTexts()).toHaveLength(3);
    const told = (await statuses.allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
    expect(told[0]).toMatch(/^Queued .* release-lead/);
    expect(told[1]).toMatch(/^In progress .* after 2m/);
    expect(told[2]).toMatch(/^Failed .* after 3m/);
    const raw = page.getByRole('region', { name: 'Raw events' });
    await raw.getByRole('button', { name: /^Failed/ }).click();
    const event = JSON.parse(await raw.locator('pre').innerText()) as { status: string; version: string };
    expect(event).toMatchObject({ status: 'failure', version: '1.3.0', service: 'basket' });
    await page.close();
  });

  test('goes on by itself while it runs, and when something else takes its place', async () => {
    const sent = { service: 'ticker', environment: 'production', version: '3.0.0', deployment_id: 'ticker-3' };
    const { deployment_number: number } = await server.client.record(report({ ...sent, status: 'in-progress' }));
    const page = await openPage(context, `/deployments/${number}`);
    await page.getByRole('status').getByText('In progress').waitFor();
    await page.getByRole('status', { name: 'Live updates: live' }).waitFor();
    await server.client.record(report({ ...sent, happened_at: new Date(Date.now() + 1000).toISOString() }));
    await page.getByRole('status').getByText('Runs there now').waitFor();
    await expect.poll(() => page.getByRole('list', { name: 'Statuses' }).getByRole('listitem').count()).toBe(2);
    const next = { ...sent, version: '3.1.0', deployment_id: 'ticker-3-1' };
    await server.client.record(report({ ...next, happened_at: new Date(Date.now() + 5000).toISOString() }));
    await page.getByRole('region', { name: 'Replaced by' }).getByRole('link', { name: '3.1.0' }).waitFor();
    await page.close();
  });

  test('shows earlier events of one that is deployed again and again, once they are asked for', async () => {
    const sent = { service: 'nightly', environment: 'production', deployment_id: 'nightly' };
    const at = (minutes: number) => new Date(Date.now() - (400 - minutes) * 60_000).toISOString();
    const runs = Array.from({ length: 130 }, (_, index) =>
      report({ ...sent, version: `0.${index}.0`, happened_at: at(index) }),
    );
    const { items } = await server.client.recordBatch(runs);
    const page = await openPage(context, `/deployments/${items[0]?.deployment_number}`);
    const attempts = page.getByRole('list', { name: /^Statuses of attempt/ });
    await expect.poll(() => attempts.count()).toBe(100);
    await page.getByRole('button', { name: 'Show earlier events' }).click();
    await expect.poll(() => attempts.count()).toBe(130);
    await expect.poll(() => page.getByRole('button', { name: 'Show earlier events' }).count()).toBe(0);
    await page.close();
  });

  test('says what it ships, once the commits are known', async () => {
    await using project = await trackProject(server, 'shop/orders');
    const { items } = await server.client.deployments({ service: 'orders', environment: 'staging' });
    const page = await openPage(context, `/deployments/${items[0]?.deployment_number}`);
    await page.getByRole('region', { name: 'Changes' }).getByRole('heading').first().waitFor();
    expect(project.path).toBe('shop/orders');
    await page.close();
  });

  test('shows who must approve what it would ship, here and in its slot, before the facts', async () => {
    const lane = { namespace: 'shop', service: 'parcels' };
    await using project = await trackProject(server, 'shop/parcels');
    const paula = await person(server, 'paula.approves');
    await protectProduction(server, lane, [{ user_id: paula.id, required_approvals: 1 }]);
    const sha = await project.git.git('rev-parse', 'main');
    const { deployment_number: number } = await server.client.record(
      report({ ...lane, version: '2.0.0', status: 'waiting', sha }),
    );
    const theirs = await signedInContext(browser, { url: server.url, adminToken: paula.token });
    const page = await openPage(theirs, '/');
    const letGo = await holdBack(page, `/api/deployments/${number}/changes`, () => true);
    await page.goto('/?slot=shop/parcels@production');
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('list', { name: 'What holds deployments back' }).waitFor();
    await drawer.getByRole('button', { name: 'Approve' }).waitFor();
    const statuses = drawer.getByRole('list', { name: 'Statuses' }).first();
    const top = async () => (await statuses.boundingBox())?.y;
    const before = await top();
    letGo();
    await drawer.getByRole('region', { name: 'Would ship' }).getByText('!6').waitFor();
    await expect.poll(top).toBe(before);

    await page.setViewportSize(telephone);
    await page.goto(`/deployments/${number}`);
    await page.getByRole('heading', { level: 3, name: /^Would ship/ }).waitFor();
    await page.getByRole('heading', { level: 2, name: 'Approvals' }).waitFor();
    const headings = page.getByRole('heading', { level: 2 });
    await expect.poll(async () => (await headings.allInnerTexts()).join()).toMatch(/^Approvals,.*,Changes,.*,Facts$/);
    await theirs.close();
  });

  test('lets an approver decide, and shows others who they wait for', async () => {
    const people = await team(server);
    const lane = { namespace: 'shop', service: 'gateway' };
    await protectProduction(server, lane, [{ user_id: people.approver.id, required_approvals: 1 }]);
    const number = await askToDeploy(server, people.deployer, lane, '2.0.0');
    const seenBy = async ({ token }: Person) => {
      const theirs = await signedInContext(browser, { url: server.url, adminToken: token });
      const page = await openPage(theirs, `/deployments/${number}`);
      await page.getByRole('status', { name: 'Live updates: live' }).waitFor();
      return { page, approvals: page.getByRole('region', { name: 'Approvals' }) };
    };
    const [reader, approver] = [await seenBy(people.reader), await seenBy(people.approver)];
    await reader.approvals.getByText('Ada Approves').waitFor();
    await reader.page.getByText('Dana Deploys').waitFor();
    await expect.poll(() => reader.approvals.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    await approver.approvals.getByRole('button', { name: 'Approve' }).click();
    await approver.page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    for (const { page } of [approver, reader]) await page.getByRole('status').getByText('In progress').waitFor();
    await reader.page.context().close();
    await approver.page.context().close();
  });

  test('is reached from the search, and leads to its slot in the matrix', async () => {
    const page = await openPage(context, '/');
    await slotCell(page, 'shop/basket in production-eu').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('basket-1.3.0-production-us');
    await page
      .getByRole('option', { name: /shop\/basket in production-us/ })
      .first()
      .click();
    await title(page, 'shop/basket 1.3.0 in production-us').waitFor();
    await page.getByRole('link', { name: 'Open in the matrix' }).click();
    await page.getByRole('dialog', { name: 'shop/basket in production-us' }).waitFor();
    await page.close();
  });

  test('is read and left by the keyboard alone', async () => {
    const page = await openPage(context, addressOf('1.2.0 in production-eu'));
    await title(page, 'shop/basket 1.2.0 in production-eu').waitFor();
    await page.getByRole('link', { name: 'Open in the matrix' }).focus();
    await page.keyboard.press('Tab');
    await expect.poll(() => focusedName(page)).toBe('1.1.0');
    const raw = page.getByRole('region', { name: 'Raw events' }).getByRole('button').first();
    for (let steps = 0; steps < 30 && !(await raw.evaluate((each) => each === document.activeElement)); steps += 1) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await expect.poll(() => raw.getAttribute('aria-expanded')).toBe('true');
    await page.close();
  });

  test('is not there for who may not see its project, and says so of what is no number', async () => {
    const { path } = await privateProject(server, 'vault/keys');
    const { deployment_number: number } = await server.client.record(report({ namespace: 'vault', service: 'keys' }));
    const [member, stranger] = [await person(server, 'mia'), await person(server, 'sam')];
    await join(server, 'project', path, member, 'reporter');
    for (const [{ token }, seen] of [
      [member, 'Runs there now'],
      [stranger, 'There is no such deployment here'],
    ] as const) {
      const theirs = await signedInContext(browser, { url: server.url, adminToken: token });
      const page = await openPage(theirs, `/deployments/${number}`);
      await page.getByText(seen).waitFor();
      await theirs.close();
    }
    const page = await openPage(context, '/deployments/latest');
    await page.getByText('A deployment has a number; latest is none.').waitFor();
    await page.close();
  });

  test('keeps what it shows while the server cannot be asked, and recovers', async () => {
    const page = await openPage(context, addressOf('1.3.0 in production-eu'));
    await page.getByText('Runs there now').waitFor();
    await page.route('**/api/deployments/by-number/*', (request) => request.abort());
    const next = report({ namespace: 'shop', service: 'basket', environment: 'production-eu', status: 'queued' });
    await server.client.record(next);
    await page.getByRole('alert').getByText('What is shown may be old.').waitFor();
    await page.getByText('Runs there now').waitFor();
    // Nothing is answered before the press, so that it is the press that brings it back.
    const letGo = await holdBack(page, '/api/deployments/by-number/', () => true);
    await page.getByRole('button', { name: 'Retry' }).click();
    letGo();
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
    await page.close();
  });

  test('prints as a record on A4: everything open, in light, with the addresses of links', async () => {
    const dark = await signedInContext(browser, server, { colorScheme: 'dark', viewport: telephone });
    const page = await openPage(dark, addressOf('1.3.0 in production-eu'));
    await page.getByText('Runs there now').waitFor();
    await page.getByRole('region', { name: 'Lineage' }).getByRole('link').first().waitFor();
    await page.setViewportSize({ width: 703, height: 1000 }); // A4 without its margins
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await expect.poll(() => page.getByRole('region', { name: 'Raw events' }).locator('pre').count()).toBe(3);
    for (const hidden of [
      page.getByRole('banner'),
      page.getByRole('link', { name: 'Open in the matrix' }),
      page.getByRole('button', { name: 'Print' }),
    ]) {
      await expect.poll(() => hidden.isVisible()).toBe(false);
    }
    const looks = await page.evaluate(() => {
      const run = document.querySelector('main a[href="https://ci.example/runs/15"]');
      return {
        canvas: getComputedStyle(document.body).backgroundColor,
        address: run && getComputedStyle(run, '::after').content,
        wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
        whole: document.documentElement.scrollHeight > innerHeight,
      };
    });
    expect(looks).toEqual({
      canvas: 'rgb(255, 255, 255)',
      address: '" https://ci.example/runs/15"',
      wide: false,
      whole: true,
    });
    expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
    await dark.close();
  });
});
