import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { group } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { openPage, signedInContext } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;
let context: BrowserContext;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
  await server.client.record(report({ namespace: 'acme', service: 'shop' }));
  context = await signedInContext(browser, server);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test.each([
  ['/no/such/page', 'Not found', 'Go to the matrix', '/'],
  ['/projects/no%2Fsuch', 'No such project', 'Go to the matrix', '/'],
  ['/changes/acme%2Fshop/9999', 'No such change', 'Go to the changes', '/changes'],
  ['/deployments/99999', 'No such deployment', 'Go to the activity', '/activity'],
  ['/settings/groups/none', 'No such group', 'Go to the groups', '/settings/groups'],
])('%s says in the title that it is not there, and leads on', async (path, title, way, to) => {
  const page = await openPage(context, path);
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  await expect.poll(() => page.title()).toBe(`${title} · Shiplog`);
  await page.getByRole('navigation', { name: 'Pages', exact: true }).waitFor();
  await page.getByRole('main').getByRole('link', { name: way }).click();
  await page.waitForURL(server.url + to);
  await page.close();
});

test('a group asked for by its number is shown by its path, which its pipelines are told', async () => {
  const { id } = await group(server, 'payments');
  const page = await openPage(context, `/settings/groups/${id}`);
  await page.waitForURL(`${server.url}/settings/groups/payments`);
  await page.getByRole('heading', { level: 1, name: 'Group payments' }).waitFor();
  await page.close();
});
