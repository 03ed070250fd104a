import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { join, person, privateProject } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { contextOf, desktop, openPage, signedInContext, slotCell, telephone } from './signed-in-page.ts';

const run = promisify(execFile);
const shiplog = fileURLToPath(new URL('../../bin/shiplog.js', import.meta.url));

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
});

const commandOf = (page: Page) => page.getByRole('tabpanel').locator('pre');
const arrivalsOf = (page: Page) => page.getByRole('region', { name: 'What comes in' });

test('from the one-time password to the first event: choose a password, make a token, run the command, see it appear', async () => {
  await using server = await startTestServer({ adminToken: undefined });
  const context = await browser.newContext({ baseURL: server.url, viewport: desktop });
  const page = await openPage(context, '/');
  await page.getByLabel('User name').fill(server.firstSignIn?.username ?? '');
  await page.getByLabel('Password', { exact: true }).fill(server.firstSignIn?.password ?? '');
  await page.keyboard.press('Enter');
  await page.getByLabel('New password', { exact: true }).fill('correct horse battery');
  await page.getByLabel('New password again').fill('correct horse battery');
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { name: 'Report your first deployment' }).waitFor();
  await expect.poll(() => commandOf(page).innerText()).toContain(`curl -X POST ${server.url}/api/deployments`);
  await expect.poll(() => commandOf(page).innerText()).toContain('$SHIPLOG_TOKEN');
  await arrivalsOf(page).getByText('Waiting for the first event').waitFor();
  await page.getByRole('button', { name: 'Create a token' }).click();
  await expect.poll(() => commandOf(page).innerText()).toMatch(/slg_\w+/);
  await page.getByRole('status', { name: 'Live updates: live' }).waitFor();
  await run('bash', ['-c', await commandOf(page).innerText()]);

  await arrivalsOf(page).getByText('checkout 1.0.0 is in production').waitFor();
  await arrivalsOf(page).getByRole('link', { name: 'Open the matrix' }).click();
  await slotCell(page, 'checkout in production: 1.0.0, success').waitFor();
  await page.reload();
  await slotCell(page, 'checkout in production: 1.0.0, success').waitFor();
  await context.close();
});

describe('somebody who never saw it finds how to add a pipeline', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
    await server.client.record(report({ service: 'ledger', version: '3.0.0' }));
  });
  afterAll(async () => {
    await server?.stop();
  });

  test('from the matrix: the command line’s own command, run as it is shown, appears below it', async () => {
    const context = await signedInContext(browser, server);
    const page = await openPage(context, '/');
    await page.getByRole('link', { name: 'Add a pipeline' }).click();
    await page.getByRole('heading', { name: 'Add a pipeline', level: 2 }).waitFor();
    await page.getByRole('tab', { name: 'shiplog' }).click();
    await page.getByRole('button', { name: 'Create a token' }).click();
    await expect.poll(() => commandOf(page).innerText()).toMatch(/SHIPLOG_TOKEN=slg_\w+/);
    await arrivalsOf(page).getByText('Waiting for the next event').waitFor();
    const command = await commandOf(page).innerText();
    await run('bash', ['-c', `shiplog() { "${process.execPath}" "${shiplog}" "$@"; }\n${command}`]);
    await arrivalsOf(page).getByText('checkout 1.0.0 is in production').waitFor();
    await arrivalsOf(page).getByRole('link', { name: 'checkout 1.0.0' }).click();
    await page.waitForURL(/\/deployments\/\d+$/);
    const { items } = await server.client.tokens();
    const { scopes, project } = items.find(({ name }) => name === 'pipeline') ?? {};
    // It was named by nobody: a pipeline of whatever service may take it.
    expect([scopes, project]).toEqual([['record'], undefined]);
    await context.close();
  });

  test('the token is of the named service, or else of its group, for whoever maintains it; others get one of their own: each ends', async () => {
    const { path } = await privateProject(server, 'acme/shop');
    const cases = [
      ['maintainer', 'project', path, path, 'It may only report deployments of acme/shop, until'],
      ['maintainer', 'group', 'acme', 'acme/to-come', 'It may only report deployments of services of acme, until'],
      ['developer', 'project', path, path, 'It is a personal token: it reports deployments as you'],
    ] as const;
    for (const [index, [level, kind, place, service, told]] of cases.entries()) {
      const reader = await person(server, `reader-${index}`);
      await join(server, kind, place, reader, level);
      const context = await contextOf(browser, server, reader);
      const page = await openPage(context, '/add');
      await page.getByLabel('Service').fill(service);
      await expect.poll(() => commandOf(page).innerText()).toContain('"namespace": "acme"');
      await page.getByRole('button', { name: 'Create a token' }).click();
      await page.getByRole('region', { name: 'Token of the pipeline' }).getByText(told).waitFor();
      await context.close();
    }
    const made = (await server.client.tokens()).items.filter(({ name }) => name === 'pipeline');
    const days = made.map(({ expires_at: end }) => (Date.parse(end ?? '') - Date.now()) / 86_400_000);
    expect(days.map(Math.round)).toEqual(made.map(() => 90));
    expect(made.flatMap(({ project, access_level: level }) => (project === path ? [level] : []))).toEqual([30]);
    expect(made.flatMap(({ group, access_level: level }) => (group === 'acme' ? [level] : []))).toEqual([30]);
    expect(made.flatMap(({ owner }) => owner ?? [])).toEqual(['reader-2']);
  });

  test.each([
    ['GitHub Actions', [/NAMESPACE: "acme"\s+SERVICE: "it's"/, '"namespace": "$NAMESPACE"']],
    [
      'GitLab CI',
      [/variables:\s+NAMESPACE: "acme"\s+SERVICE: "it's"/, '"namespace": "$NAMESPACE"', '"service": "$SERVICE"'],
    ],
    ['Jenkins', ["NAMESPACE = 'acme'", String.raw`SERVICE = 'it\'s'`, '"namespace": "$NAMESPACE"']],
    ['Azure DevOps', [/NAMESPACE: "acme"\s+SERVICE: "it's"/, '"namespace": "$NAMESPACE"']],
    ['Shell script', ['NAMESPACE=acme', String.raw`SERVICE='it'\''s'`, '"namespace": "$NAMESPACE"']],
  ] as const)('the recipe of %s reports what is named, as the token allows no other', async (tool, parts) => {
    const context = await signedInContext(browser, server);
    const page = await openPage(context, "/add?project=acme/it's");
    await page.getByRole('tab', { name: tool }).click();
    for (const part of parts) await commandOf(page).getByText(part).waitFor();
    await context.close();
  });

  test('what comes in is what the pipeline deploys, whatever else comes to a busy server', async () => {
    const context = await signedInContext(browser, server);
    const page = await openPage(context, '/add?project=acme/mine');
    await arrivalsOf(page).getByText('Waiting for the next event of acme/mine').waitFor();
    await page.getByRole('status', { name: 'Live updates: live' }).waitFor();
    await server.client.record(report({ namespace: 'acme', service: 'mine', version: '1.0.0' }));
    await server.client.recordBatch(Array.from({ length: 9 }, (_, run) => report({ service: `theirs-${run}` })));
    await arrivalsOf(page).getByText('acme/mine 1.0.0 is in production').waitFor();
    await expect.poll(() => arrivalsOf(page).getByRole('listitem').count()).toBe(1);
    await context.close();
  });

  test('from the account’s menu on a telephone: each tool’s recipe, with the real address and token', async () => {
    const context = await signedInContext(browser, server, { viewport: telephone });
    const page = await openPage(context, '/activity');
    await page.getByRole('button', { name: 'Account and appearance' }).click();
    await page.getByRole('menuitem', { name: 'Add a pipeline' }).click();
    await page.getByRole('button', { name: 'Create a token' }).click();
    const token = await page.getByRole('region', { name: 'Token of the pipeline' }).locator('code').innerText();
    for (const [tool, part] of [
      ['GitHub Actions', 'runs-on: ubuntu-latest'],
      ['GitLab CI', 'CI_PIPELINE_ID'],
      ['Jenkins', `SHIPLOG_URL = '${server.url}'`],
      ['Azure DevOps', `SHIPLOG_URL: ${server.url}`],
      ['Shell script', 'report in-progress'],
    ] as const) {
      await page.getByRole('tab', { name: tool }).click();
      await commandOf(page).getByText(part).waitFor();
      await expect.poll(() => commandOf(page).innerText()).not.toContain('shiplog.example.com');
      const settings = page.getByRole('region', { name: 'What to set' });
      await settings.getByText(token).waitFor();
      await settings.getByText(server.url, { exact: true }).waitFor();
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
        .toBeLessThanOrEqual(0);
    }
    expect(page.url()).toBe(`${server.url}/add?tool=shell`);
    await page.reload();
    await commandOf(page).getByText('report in-progress').waitFor();
    expect(await page.content()).not.toContain(token);
    await context.close();
  });

  test('by the keyboard alone: the arrow keys go from tool to tool', async () => {
    const context = await signedInContext(browser, server);
    const page = await openPage(context, '/add');
    await page.getByRole('tab', { name: 'curl' }).focus();
    for (const tool of ['shiplog', 'GitHub Actions', 'GitLab CI']) {
      await page.keyboard.press('ArrowRight');
      await page.getByRole('tab', { name: tool, selected: true }).and(page.locator(':focus')).waitFor();
    }
    await commandOf(page).getByText('CI_PIPELINE_ID').waitFor();
    expect(page.url()).toBe(`${server.url}/add?tool=gitlab-ci`);
    await context.close();
  });

  test('whoever may only read is told what to do instead of a button that would not work', async () => {
    const { token = '' } = await server.client.createToken({ name: 'reads', scopes: ['read_api'] });
    const context = await signedInContext(browser, { url: server.url, adminToken: token });
    const page = await openPage(context, '/add');
    await page.getByText('ask an administrator').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Create a token' }).count()).toBe(0);
    await context.close();
  });
});
