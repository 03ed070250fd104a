import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectName } from '../../src/web/lib/project-name.ts';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { openPage, signedInContext, slotCell } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;
let context: BrowserContext;

const lane = { namespace: 'acme', service: 'checkout', environment: 'production' } as const;
const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
  const failed = {
    ...lane,
    deployment_id: 'run-3',
    version: '3.0.0',
    actor: 'release-lead',
    sha: 'c0ffee1234567890',
  } as const;
  await server.client.recordBatch([
    report({ ...lane, version: '1.0.0', happened_at: secondsAgo(9000) }),
    report({
      ...lane,
      environment: 'staging',
      deployment_id: 'run-2',
      version: '3.0.0',
      happened_at: secondsAgo(900),
    }),
    report({ ...lane, version: '2.0.0', happened_at: secondsAgo(6000) }),
    report({
      ...failed,
      status: 'in-progress',
      happened_at: secondsAgo(600),
      run_url: 'https://ci.example/runs/3',
      run_number: 3,
    }),
    report({ ...failed, status: 'failure', happened_at: secondsAgo(600 - 192), parent_deployments: ['run-2'] }),
  ]);
  context = await signedInContext(browser, server);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('the slot drawer', () => {
  test.each([
    ['a service in a group within a group', { namespace: 'acme/shop', service: 'till' }, 'acme%252Fshop/till@dev'],
    ['a service with a slash in its name', { service: 'apps/till' }, 'apps%252Ftill@dev'],
    ['a service without a namespace', { service: 'till' }, 'till@dev'],
  ])('opens for %s', async (_, project, slot) => {
    await server.client.record(report({ ...project, environment: 'dev', version: slot.slice(0, 8) }));
    const page = await openPage(context, '/');
    const name = `${projectName(project)} in dev`;
    await slotCell(page, name).click();
    const drawer = page.getByRole('dialog', { name, exact: true });
    await drawer.getByRole('region', { name: 'History' }).getByText(slot.slice(0, 8)).first().waitFor();
    expect(page.url()).toBe(`${server.url}/?slot=${slot}`);
    await page.reload();
    await drawer.waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    await page.close();
  });

  test('opens by a click, tells the history and what to go back to, and closes with Esc', async () => {
    const page = await openPage(context, '/');
    await slotCell(page, 'acme/checkout in production').click();
    await page.waitForURL(`${server.url}/?slot=acme/checkout@production`);
    const drawer = page.getByRole('dialog', { name: 'acme/checkout in production' });
    await expect.poll(() => drawer.getByRole('region', { name: 'Roll back to' }).innerText()).toContain('2.0.0');
    const newest = drawer.getByRole('region', { name: 'History' }).getByRole('listitem').first();
    await newest.getByText('3m 12s', { exact: true }).waitFor();
    await expect
      .poll(() => newest.innerText())
      .toMatch(/3\.0\.0[\s\S]*Failed[\s\S]*In progress[\s\S]*release-lead[\s\S]*#3[\s\S]*run-3[\s\S]*staging 3\.0\.0/);
    await newest.getByText('c0ffee1', { exact: true }).waitFor();
    await expect
      .poll(() => newest.getByRole('definition').getByRole('link', { name: '#3' }).getAttribute('href'))
      .toBe('https://ci.example/runs/3');
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    expect(page.url()).toBe(`${server.url}/`);
    await page.close();
  });

  test('leads to the deployment and to the project', async () => {
    const page = await openPage(context, '/?slot=acme/checkout@production');
    const drawer = page.getByRole('dialog', { name: 'acme/checkout in production' });
    const history = drawer.getByRole('region', { name: 'History' });
    const heading = (text: string) => page.getByRole('heading', { level: 1, name: text }).waitFor();
    await history.getByRole('link', { name: '3.0.0', exact: true }).click();
    await heading('acme/checkout 3.0.0 in production');
    await page.goBack();
    await history.getByRole('link', { name: '3.0.0 in staging, Success' }).click();
    await heading('acme/checkout 3.0.0 in staging');
    await page.goBack();
    await drawer.getByRole('region', { name: 'Roll back to' }).getByRole('link', { name: '2.0.0' }).waitFor();
    await drawer.getByRole('link', { name: 'Project acme/checkout' }).click();
    await page.waitForURL(`${server.url}/projects/acme%2Fcheckout`);
    await page.close();
  });

  test('opens by a pasted link, keeps the focus and gives it to the slot', async () => {
    const page = await openPage(context, '/?slot=acme/checkout@production');
    const drawer = page.getByRole('dialog', { name: 'acme/checkout in production' });
    await drawer.getByRole('button', { name: /^1\.0\.0/ }).waitFor();
    for (let press = 0; press < 30; press++) await page.keyboard.press('Tab');
    await expect.poll(() => drawer.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    await expect
      .poll(() => slotCell(page, 'acme/checkout in production').evaluate((cell) => cell === document.activeElement))
      .toBe(true);
    await page.close();
  });

  test('shows a deployment that happens while it is open', async () => {
    const page = await openPage(context, '/?slot=acme/checkout@production');
    const history = page.getByRole('region', { name: 'History' });
    await history.getByRole('button', { name: /^3\.0\.0/ }).waitFor();
    await page.getByRole('status', { name: 'Live updates: live', includeHidden: true }).waitFor();
    await server.client.record(report({ ...lane, version: '3.0.1', status: 'in-progress' }));
    await history.getByRole('button', { name: /^3\.0\.1 *In progress/ }).waitFor();
    await page.close();
  });

  test('adds a status to the timeline as it comes: who, when, and where the log is', async () => {
    const run = { ...lane, deployment_id: 'run-4', version: '4.0.0' } as const;
    await server.client.record(
      report({ ...run, status: 'in-progress', actor: 'ci', run_url: 'https://ci.example/runs/4', run_number: 4 }),
    );
    const page = await openPage(context, '/?slot=acme/checkout@production');
    const newest = page.getByRole('region', { name: 'History' }).getByRole('listitem').first();
    const timeline = newest.getByRole('list', { name: 'Statuses' });
    await timeline.getByRole('listitem').filter({ hasText: 'In progress' }).getByText('#4').waitFor();
    await page.getByRole('status', { name: 'Live updates: live', includeHidden: true }).waitFor();
    const log = 'https://logs.example/4';
    await server.client.record(report({ ...run, status: 'failure', actor: 'release-lead', run_url: log }));
    const last = timeline.getByRole('listitem').last();
    await last.getByText('Failed').waitFor();
    await expect.poll(() => last.innerText()).toMatch(/Failed[\s\S]*after \d+s[\s\S]*release-lead/);
    await expect.poll(() => last.getByRole('link').getAttribute('href')).toBe(log);
    await last.locator('time').hover();
    await page.getByRole('tooltip', { includeHidden: true }).getByText('UTC').waitFor();
    await expect.poll(() => timeline.getByRole('listitem').count()).toBe(2);
    await page.close();
  });

  test('pages through a long history', async () => {
    const long = { service: 'ticker', environment: 'dev' } as const;
    const reports = Array.from({ length: 260 }, (_, index) =>
      report({ ...long, version: `1.0.${index}`, happened_at: secondsAgo(260 - index) }),
    );
    await server.client.recordBatch(reports);
    const page = await openPage(context, '/?slot=ticker@dev');
    const history = page.getByRole('region', { name: 'History' });
    await history.getByRole('button', { name: /^1\.0\.259/ }).waitFor();
    await expect
      .poll(async () => {
        await history.getByRole('listitem').last().scrollIntoViewIfNeeded();
        return history.getByText('The first of 260 deployments here.').isVisible();
      })
      .toBe(true);
    await page.close();
  });

  test('names its tab, and gives the name back', async () => {
    const page = await openPage(context, '/');
    await slotCell(page, 'acme/checkout in production').click();
    await expect.poll(() => page.title()).toBe('acme/checkout in production · Shiplog');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.title()).toBe('Matrix · Shiplog');
    await page.close();
  });

  test('says that it has no such deployment as a link names, and shows what it has', async () => {
    const page = await openPage(context, '/?slot=acme/checkout@production&deployment=99999');
    const drawer = page.getByRole('dialog');
    await drawer.getByText('There is no deployment #99999 in this slot.').waitFor();
    await drawer.getByRole('button', { name: /^1\.0\.0/ }).waitFor();
    await page.close();
  });

  test('says that a link leads nowhere', async () => {
    const page = await openPage(context, '/?slot=acme/no-such@production');
    await page.getByRole('dialog').getByText('Nothing was deployed here').waitFor();
    await page.close();
  });
});
