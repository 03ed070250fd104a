import { tmpdir } from 'node:os';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { fleet } from './fleet.ts';
import { type HookedProject, hookProject } from './hooked-project.ts';
import { askToDeploy, protectProduction, team } from './protected-lane.ts';
import { desktop, openPage, signedInContext, slotCell, telephone } from './signed-in-page.ts';
import { type TrackedProject, trackProject } from './tracked-project.ts';

let browser: Browser;
let server: TestServer;
let empty: TestServer;
let hooked: HookedProject;
let tracked: TrackedProject;

beforeAll(async () => {
  [browser, server, empty] = await Promise.all([
    launchBrowser(),
    startTestServer({ webhookAllowedHosts: ['127.0.0.1'], repositoryPaths: [tmpdir()] }),
    startTestServer(),
  ]);
  await server.client.recordBatch(fleet(Date.now()));
  hooked = await hookProject(server, 'commerce/checkout');
  tracked = await trackProject(server, 'commerce/orders');
  const { deployer, approver } = await team(server);
  const lane = { namespace: 'platform', service: 'gateway' };
  await protectProduction(server, lane, [{ user_id: approver.id }, { access_level: 40, required_approvals: 2 }]);
  const number = await askToDeploy(server, deployer, lane, '9.0.0');
  await server.clientOf(approver.token).decide(number, { decision: 'approve', comment: 'Go.' });
  await server.client.record(report({ ...lane, version: '8.9.0' }));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await empty?.stop();
  await hooked?.[Symbol.asyncDispose]();
  await tracked?.[Symbol.asyncDispose]();
});

async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary ?? ''}`),
    );
}

const hooksPage = `/projects/${encodeURIComponent('commerce/checkout')}/hooks`;

const scenes: readonly (readonly [name: string, path: string, ready: (page: Page) => Promise<unknown>])[] = [
  ['the matrix', '/', (page) => slotCell(page, 'commerce/checkout in dev').waitFor()],
  [
    'the matrix with filters',
    '/?status=failure&pin=production',
    (page) => page.getByRole('gridcell').first().waitFor(),
  ],
  [
    'the slot drawer',
    '/?slot=commerce/checkout@production',
    (page) => page.getByRole('region', { name: 'History' }).getByRole('button').first().waitFor(),
  ],
  [
    'the approvals in the slot drawer',
    '/?slot=platform/gateway@production',
    (page) => page.getByRole('region', { name: 'Approvals' }).getByRole('button').first().waitFor(),
  ],
  ['the inbox', '/inbox', (page) => page.getByRole('article').first().waitFor()],
  [
    'a decision',
    '/inbox',
    async (page) => {
      await page.getByRole('article').first().getByRole('button', { name: 'Reject' }).click();
      await page.getByRole('dialog').getByLabel('Comment').fill('Not now.');
    },
  ],
  ['the activity', '/activity', (page) => page.getByRole('article').first().waitFor()],
  ['the webhooks', hooksPage, (page) => page.getByRole('article').first().waitFor()],
  ['a webhook’s form', hooksPage, (page) => page.getByRole('button', { name: 'New webhook' }).click()],
  [
    'a webhook’s deliveries',
    hooksPage,
    async (page) => {
      await page.getByRole('button', { name: 'Deliveries' }).first().click();
      await page.getByRole('dialog').getByRole('listitem').first().getByRole('button').click();
      await page.getByRole('region', { name: 'Response' }).waitFor();
    },
  ],
  [
    'a project without webhooks',
    `/projects/${encodeURIComponent('data/ledger')}/hooks`,
    (page) => page.getByRole('heading', { name: 'No webhook yet' }).waitFor(),
  ],
  ['the changes', '/changes', (page) => page.getByText('no longer live').waitFor()],
  [
    'a filter of changes',
    '/changes?from=2026-01-01',
    async (page) => {
      await page.getByRole('button', { name: 'Deployed' }).click();
      await page.getByLabel('Until').waitFor();
    },
  ],
  ['what waits', '/changes?view=waiting', (page) => page.getByText('waits').first().waitFor()],
  ['a change', '/changes/commerce%2Forders/3', (page) => page.getByText('taken out by').waitFor()],
  [
    'the changes of a deployment',
    '/?slot=commerce/orders@staging',
    async (page) => {
      await page.getByRole('region', { name: 'Reverts' }).waitFor();
      await page.getByRole('button', { name: /commits?$/ }).click();
    },
  ],
  [
    'changes without a repository',
    '/changes?project=data/ledger',
    (page) => page.getByRole('heading', { name: 'Where is my change?' }).waitFor(),
  ],
  ['a repository', '/projects/commerce%2Forders/repository', (page) => page.getByText('Up to date').waitFor()],
  [
    'a repository’s form',
    '/projects/commerce%2Forders/repository',
    async (page) => {
      await page.getByRole('button', { name: 'Change' }).click();
      await page.getByRole('radio', { name: 'GitHub' }).check();
    },
  ],
  [
    'the search',
    '/',
    async (page) => {
      await slotCell(page, 'commerce/checkout in dev').waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('check');
      await page.getByRole('option', { name: /check/ }).first().waitFor();
    },
  ],
];

describe.each(['light', 'dark'] as const)('axe finds nothing serious in the %s theme', (colorScheme) => {
  test.each(scenes)('on %s', async (_, path, ready) => {
    const context = await signedInContext(browser, server, { colorScheme, reducedMotion: 'reduce' });
    const page = await openPage(context, path);
    await ready(page);
    expect(await seriousFindings(page)).toEqual([]);
    await context.close();
  });

  test('on the telephone’s matrix', async () => {
    const context = await signedInContext(browser, server, {
      colorScheme,
      reducedMotion: 'reduce',
      viewport: telephone,
    });
    const page = await openPage(context, '/');
    await page.getByRole('article').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await context.close();
  });

  test('on the empty matrix', async () => {
    const context = await signedInContext(browser, empty, { colorScheme, reducedMotion: 'reduce' });
    const page = await openPage(context, '/');
    await page.getByRole('heading', { name: 'Report your first deployment' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await context.close();
  });

  test('on the empty inbox', async () => {
    const context = await signedInContext(browser, empty, { colorScheme, reducedMotion: 'reduce' });
    const page = await openPage(context, '/inbox');
    await page.getByRole('heading', { name: 'Nothing waits for you' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await context.close();
  });

  test('on the sign-in page', async () => {
    const context = await browser.newContext({
      baseURL: server.url,
      viewport: desktop,
      colorScheme,
      reducedMotion: 'reduce',
    });
    const page = await openPage(context, '/sign-in');
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await context.close();
  });
});

describe('the theme', () => {
  test('is chosen in the account menu, kept, and there before the first paint', async () => {
    const context = await signedInContext(browser, server, { colorScheme: 'light' });
    const page = await openPage(context, '/');
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.getByRole('button', { name: 'Account and appearance' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await expect.poll(background).not.toBe(light);
    const dark = await background();
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.reload({ waitUntil: 'domcontentloaded' });
    await expect.poll(background).toBe(dark);
    await context.close();
  });
});
