import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { askToDeploy, protectProduction, team } from './protected-lane.ts';
import { openPage, signedInContext, slotCell } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;
let context: BrowserContext;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
  context = await signedInContext(browser, server);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Opens a page, waits until it hears of what happens, and marks it, so that a reload would show. */
async function openLive(path: string): Promise<Page> {
  const page = await openPage(context, path);
  await page.getByRole('status', { name: 'Live updates: live', includeHidden: true }).waitFor();
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  return page;
}

async function closeUnloaded(...pages: readonly Page[]): Promise<void> {
  for (const page of pages) {
    await expect.poll(() => page.evaluate(() => 'sameDocument' in window)).toBe(true);
    await page.close();
  }
}

/** Tells of a merge request as GitLab's API takes it. */
async function tellChange(path: string, body: object): Promise<void> {
  const { status, text } = await ask(server, `POST /api/v4/projects/${encodeURIComponent(path)}/merge_requests`, {
    body: { source_branch: 'work', target_branch: 'main', ...body },
  });
  if (status !== 201) throw new Error(`Telling of a change answered ${status}: ${text}`);
}

describe('what happens is seen without a reload', () => {
  test('in two tabs, one with the matrix and one with the activity, and again in two more of each', async () => {
    await server.client.record(report({ service: 'mirror', version: '1.0.0' }));
    const matrices = [await openLive('/'), await openLive('/')];
    const logs = [await openLive('/activity?q=mirror'), await openLive('/activity?q=mirror')];
    for (const page of matrices) await slotCell(page, 'mirror in production: 1.0.0, success').waitFor();
    for (const page of logs) await page.getByRole('article').getByText('1.0.0').first().waitFor();
    await server.client.record(report({ service: 'mirror', version: '1.1.0', status: 'in-progress' }));
    for (const page of matrices) await slotCell(page, 'mirror in production: 1.1.0, in-progress').waitFor();
    for (const page of logs) await page.getByRole('article').getByText('1.1.0').first().waitFor();
    await closeUnloaded(...matrices, ...logs);
  });

  test('in the list of changes of all projects, in that of one, and on the page of the change', async () => {
    for (const service of ['list', 'other'])
      await server.client.record(report({ namespace: 'news', service, version: '1.0.0' }));
    await tellChange('news/list', { iid: 1, title: 'Sort the list' });
    const lists = await Promise.all(
      ['/changes', '/changes?project=news/list', '/projects/news%2Flist/changes'].map(openLive),
    );
    const change = await openLive('/changes/news%2Flist/1');
    for (const page of lists) await page.getByText('Sort the list').first().waitFor();
    await change.getByRole('heading', { level: 1, name: 'Sort the list' }).waitFor();
    await tellChange('news/list', { iid: 2, title: 'Turn the list' });
    for (const page of lists) await page.getByText('Turn the list').first().waitFor();
    const merged = { state: 'merged', created_at: '2026-01-02T10:00:00Z', merged_at: '2026-01-03T10:00:00Z' };
    await tellChange('news/list', { iid: 1, title: 'Sort the list at last', ...merged });
    await change.getByRole('heading', { level: 1, name: 'Sort the list at last' }).waitFor();
    await change.getByText('Merged').first().waitFor();
    await closeUnloaded(...lists, change);
  });

  test('in a project: what runs, the last deployments, and the environments', async () => {
    const told = { namespace: 'news', service: 'paper' } as const;
    await server.client.record(report({ ...told, environment: 'staging', version: '1.0.0' }));
    const overview = await openLive('/projects/news%2Fpaper');
    const deployments = await openLive('/projects/news%2Fpaper/deployments');
    const environments = await openLive('/projects/news%2Fpaper/environments');
    const rows = environments.getByRole('table').getByRole('row');
    await rows.filter({ hasText: 'staging' }).getByText('1.0.0').waitFor();
    for (const page of [overview, deployments]) await page.getByText('1.0.0').first().waitFor();
    await server.client.record(report({ ...told, environment: 'production', version: '1.1.0' }));
    for (const page of [overview, deployments]) await page.getByText('1.1.0').first().waitFor();
    await rows.filter({ hasText: 'production' }).getByText('1.1.0').waitFor();
    await closeUnloaded(overview, deployments, environments);
  });

  test('in the inbox, in the drawer and on the page of the deployment: it waits, and it is decided', async () => {
    const people = await team(server);
    const lane = { namespace: 'news', service: 'gate' };
    await protectProduction(server, lane, [{ access_level: 60 }]);
    const inbox = await openLive('/inbox');
    const drawer = await openLive('/?slot=news/gate@staging');
    const number = await askToDeploy(server, people.deployer, lane, '2.0.0');
    await inbox.getByRole('article', { name: 'news/gate to production' }).waitFor();
    const deployment = await openLive(`/deployments/${number}`);
    const approvals = deployment.getByRole('region', { name: 'Approvals' });
    await approvals.getByRole('button', { name: 'Reject' }).waitFor();
    await server.client.record(
      report({ ...lane, environment: 'staging', version: '2.0.0', status: 'in-progress', deployment_id: 'gate-2' }),
    );
    await drawer.getByRole('dialog').getByText('2.0.0').first().waitFor();
    await server.client.decide(number, { decision: 'reject', comment: 'Not on a Friday.' });
    await approvals.getByText('Not on a Friday.').waitFor();
    await deployment.getByText('Rejected').first().waitFor();
    await inbox.getByRole('heading', { name: 'Nothing waits for you' }).waitFor();
    await closeUnloaded(inbox, drawer, deployment);
  });
});
