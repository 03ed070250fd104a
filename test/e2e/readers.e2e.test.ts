import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { join, person, privateProject } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { openPage, slotCell } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** A server with a private project of its member alice; bob is nobody there. */
async function furnish(on: TestServer) {
  await privateProject(on, 'crew/secret');
  const [alice, bob] = [await person(on, 'alice'), await person(on, 'bob')];
  await join(on, 'project', 'crew/secret', alice, 'developer');
  await on.client.record(report({ namespace: 'crew', service: 'secret', version: '1.0.0' }));
  await on.client.record(report({ service: 'open', version: '2.0.0' }));
  return { alice, bob };
}

const opened = (on: TestServer) => browser.newContext({ baseURL: on.url });
const signIn = async (context: BrowserContext, token: string) => {
  expect((await context.request.post('/api/session', { data: { token } })).ok()).toBe(true);
};
const missedSomething = (page: Page) => page.evaluate(() => dispatchEvent(new Event('online')));
const isLive = (page: Page) => page.getByRole('status', { name: 'Live updates: live' }).waitFor();

async function signInBy(page: Page, token: string) {
  await page.getByRole('tab', { name: 'Token' }).click();
  await page.getByLabel('Token', { exact: true }).fill(token);
  await page.getByRole('button', { name: 'Sign in' }).last().click();
}

test('whoever signs in over another one’s page sees only what is theirs, and so do the other tabs', async () => {
  const { alice, bob } = await furnish(server);
  const context = await opened(server);
  await signIn(context, alice.token);
  const [page, other] = [await openPage(context, '/'), await openPage(context, '/')];
  for (const tab of [page, other]) {
    await slotCell(tab, 'crew/secret in production').waitFor();
    await isLive(tab);
  }
  await context.clearCookies();
  for (const tab of [page, other]) {
    await missedSomething(tab);
    await tab.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
  }
  await signInBy(page, bob.token);
  for (const tab of [page, other]) {
    await tab.getByRole('dialog').waitFor({ state: 'hidden' });
    await slotCell(tab, 'open in production').waitFor();
    await expect.poll(() => tab.getByText('secret').count()).toBe(0);
    await isLive(tab);
  }

  // Let in and put out again while the page is open.
  await join(server, 'project', 'crew/secret', bob, 'developer');
  await missedSomething(page);
  await slotCell(page, 'crew/secret in production').waitFor();

  await page.getByRole('button', { name: 'Account and appearance' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL(/\/sign-in/);
  await other.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
  await signInBy(page, bob.token);
  await other.getByRole('dialog').waitFor({ state: 'hidden' });
  await isLive(other);
  await context.close();
});

test('where reading is open, who signs in sees their private projects, and a session that ended is noticed', async () => {
  await using on = await startTestServer({ publicRead: true });
  const { alice } = await furnish(on);
  const context = await opened(on);
  const page = await openPage(context, '/');
  await slotCell(page, 'open in production').waitFor();
  await isLive(page);
  await expect.poll(() => page.getByText('secret').count()).toBe(0);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await signInBy(page, alice.token);
  await slotCell(page, 'crew/secret in production').waitFor();

  await context.clearCookies();
  await missedSomething(page);
  await page.getByRole('link', { name: 'Sign in' }).waitFor();
  await expect.poll(() => page.getByText('secret').count()).toBe(0);
  await context.close();
});
