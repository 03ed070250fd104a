import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startProxy } from '../support/cuttable-proxy.ts';
import { databases } from '../support/databases.ts';
import { report } from '../support/factories.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { holdBack } from './page-controls.ts';
import { openPage, signedInContext, slotCell } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
  await server.client.record(report({ namespace: 'acme', service: 'checkout', version: '1.0.0' }));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const incoming = '/projects/acme%2Fcheckout/settings/incoming';
const live = (page: Page) => page.getByRole('status', { name: 'Live updates: live' }).waitFor();
const notLive = (page: Page) => page.getByRole('status', { name: /^Live updates: (reconnecting|stale)$/ }).waitFor();
const mark = (page: Page) => page.evaluate(() => Object.assign(window, { sameDocument: true }));
const isSameDocument = (page: Page) => page.evaluate(() => 'sameDocument' in window);

async function secretForm(page: Page) {
  await page.getByRole('button', { name: /^(Set up GitHub|New secret)$/ }).click();
  const form = page.getByRole('dialog');
  await form.getByRole('checkbox', { name: 'Use a secret of my own' }).check();
  await form.getByLabel('Secret', { exact: true }).fill('typed-with-care-and-not-to-be-lost');
  return form;
}

describe('a server that goes away', () => {
  test('is told of; what is shown and typed stays, and all of it goes on when the server is back', async () => {
    const kind = databases[0];
    const database = await kind?.create();
    if (!database) throw new Error('There is a database.');
    const settings = { database, adminToken: 'the-same-after-a-restart' } as const;
    let own = await startTestServer(settings);
    const { url } = own;
    await own.client.record(report({ service: 'router', version: '1.0.0' }));
    const context = await signedInContext(browser, own);
    const page = await openPage(context, '/');
    await slotCell(page, 'router in production: 1.0.0').waitFor();
    await live(page);
    await mark(page);

    await own.stop();
    await notLive(page);
    await page.getByRole('searchbox').fill('rout');
    await expect.poll(() => slotCell(page, 'router in production: 1.0.0').isVisible()).toBe(true);

    own = await startTestServer({ ...settings, port: Number(new URL(url).port) });
    await live(page);
    await own.client.record(report({ service: 'router', version: '1.1.0' }));
    await slotCell(page, 'router in production: 1.1.0').waitFor();
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('rout');
    expect(await isSameDocument(page)).toBe(true);
    await context.close();
    await own.stop();
    await database.drop();
  });

  test('keeps the frame of a page that cannot be fetched, which comes by itself when the server is back', async () => {
    await using proxy = await startProxy(`${server.url}/`);
    const near = { url: proxy.url.replace(/\/$/, ''), adminToken: server.adminToken };
    const context = await signedInContext(browser, near);
    const page = await openPage(context, '/');
    await live(page);
    await proxy.cut();
    await page.getByRole('link', { name: 'Changes' }).click();
    await page.getByRole('alert').getByText('The server does not answer').waitFor();
    await notLive(page);
    expect(page.url()).toBe(`${near.url}/changes`);
    await proxy.mend();
    await page.getByRole('heading', { name: 'Changes', level: 1 }).waitFor();
    await context.close();
  });

  test('keeps the page where what opens over it cannot be fetched, and opens it once it is back', async () => {
    await using proxy = await startProxy(`${server.url}/`);
    const near = { url: proxy.url.replace(/\/$/, ''), adminToken: server.adminToken };
    const context = await signedInContext(browser, near);
    // A page that is never idle fetches nothing ahead.
    await context.addInitScript(() => Reflect.set(window, 'requestIdleCallback', () => 0));
    const page = await openPage(context, '/');
    await live(page);
    await proxy.cut();
    await notLive(page);
    await page.keyboard.press('Control+K');
    const search = page.getByRole('dialog', { name: 'The search could not be shown.' });
    await search.getByText('The server cannot be reached.').waitFor();
    await page.keyboard.press('Escape');
    await search.waitFor({ state: 'detached' });
    await slotCell(page, 'acme/checkout in production').click();
    const slot = page.getByRole('dialog', { name: 'The slot could not be shown.' });
    await slot.getByText('The server cannot be reached.').waitFor();
    await slot.getByRole('button', { name: 'Retry' }).click();
    await slot.getByText('The server is still away.').waitFor();
    await proxy.mend();
    await slot.getByRole('button', { name: 'Retry' }).click();
    await page.getByRole('dialog', { name: 'acme/checkout in production' }).waitFor();
    await context.close();
  });

  test('in the middle of a form loses nothing that was typed, and nothing is made twice', async () => {
    await using proxy = await startProxy(`${server.url}/`);
    const near = { url: proxy.url.replace(/\/$/, ''), adminToken: server.adminToken };
    const context = await signedInContext(browser, near);
    const page = await openPage(context, incoming);
    const form = await secretForm(page);
    await proxy.cut();
    await form.getByRole('button', { name: 'Make the secret' }).click();
    await form.getByRole('alert').getByText('What you entered is still here.').waitFor();
    await expect
      .poll(() => form.getByLabel('Secret', { exact: true }).inputValue())
      .toBe('typed-with-care-and-not-to-be-lost');
    await proxy.mend();
    await form.getByRole('button', { name: 'Make the secret' }).click();
    await page.getByRole('dialog', { name: 'Set up GitHub' }).waitFor();
    expect((await server.client.incomingSecrets('acme/checkout')).items).toHaveLength(1);
    await context.close();
  });

  test('before its answer came has done what was asked, and the page shows that it is done', async () => {
    await server.client.record(report({ namespace: 'acme', service: 'parcel' }));
    const context = await signedInContext(browser, server);
    const page = await openPage(context, '/projects/acme%2Fparcel/settings/incoming');
    const form = await secretForm(page);
    await page.route('**/api/incoming/secrets?*', async (route) => {
      if (route.request().method() !== 'POST') return route.fallback();
      await route.fetch();
      await route.abort('connectionreset');
    });
    await form.getByRole('button', { name: 'Make the secret' }).click();
    await form.getByRole('alert').getByText('What you entered is still here.').waitFor();
    await form.getByRole('button', { name: 'Cancel' }).click();
    await page
      .getByRole('table', { name: 'Secrets of incoming webhooks' })
      .getByRole('rowheader', { name: 'GitHub' })
      .waitFor();
    await context.close();
  });
});

describe('a server that answers badly', () => {
  const unavailable = (route: Route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: JSON.stringify({ title: 'Unavailable', status: 503, detail: 'The database is away.' }),
    });

  test('with 503 keeps what it showed on the page, says why, and offers to try again', async () => {
    const context = await signedInContext(browser, server);
    const page = await openPage(context, incoming);
    await page.getByRole('list', { name: 'Incoming webhooks' }).or(page.getByText('Nothing has come in yet')).waitFor();
    // From then on the page asks by itself for what is new alone.
    await live(page);
    await page.route('**/api/matrix*', unavailable);
    await page.getByRole('link', { name: 'Matrix' }).click();
    await page.getByRole('alert').getByText('The database is away.').waitFor();
    await page.unroute('**/api/matrix*');
    await page.getByRole('button', { name: 'Retry' }).click();
    await slotCell(page, 'acme/checkout in production').waitFor();

    await page.route('**/api/matrix*', unavailable);
    await server.client.record(report({ namespace: 'acme', service: 'checkout', version: '1.0.1' }));
    await page.getByRole('alert').getByText('What is shown may be old.').waitFor();
    await expect.poll(() => slotCell(page, 'acme/checkout in production: 1.0.0').isVisible()).toBe(true);
    await page.unroute('**/api/matrix*');
    await page.getByRole('button', { name: 'Retry' }).click();
    await slotCell(page, 'acme/checkout in production: 1.0.1').waitFor();
    await context.close();
  });

  test('slowly is waited for, and the page says so', async () => {
    const context = await signedInContext(browser, server);
    const page = await openPage(context, '/');
    await live(page);
    const letGo = await holdBack(page, '/api/deployments', () => true);
    await page.getByRole('link', { name: 'Activity' }).click();
    const line = page.getByRole('status').getByText('The server is slow to answer. Still waiting.');
    await line.waitFor();
    letGo();
    await page.getByRole('article').first().waitFor();
    await line.waitFor({ state: 'hidden' });
    await context.close();
  });

  test('with 401 to a form asks to sign in over it, and the form goes on as it was', async () => {
    const context = await signedInContext(browser, server);
    const page = await openPage(context, incoming);
    const form = await secretForm(page);
    // With the press on its way: before, the page might notice by itself, and ask over the form that is to be sent.
    await page.route('**/api/incoming/secrets?*', async (route) => {
      if (route.request().method() === 'POST') await context.clearCookies();
      await route.continue();
    });
    await form.getByLabel('Secret', { exact: true }).press('Enter');
    const over = page.getByRole('dialog', { name: 'Your session has ended' });
    await over.getByRole('tab', { name: 'Token' }).click();
    await over.getByLabel('Token', { exact: true }).fill(server.adminToken);
    await over.getByRole('button', { name: 'Sign in' }).click();
    await over.waitFor({ state: 'hidden' });
    await page.unroute('**/api/incoming/secrets?*');
    await form.getByRole('alert').getByText('Your session had ended, so nothing was changed.').waitFor();
    await expect
      .poll(() => form.getByLabel('Secret', { exact: true }).inputValue())
      .toBe('typed-with-care-and-not-to-be-lost');
    await form.getByRole('button', { name: 'Make the secret' }).click();
    await page.getByRole('dialog', { name: 'Set up GitHub' }).waitFor();
    await context.close();
  });
});

test('a part of the page that went with an upgrade is fetched by loading the page anew, where it was', async () => {
  const context = await signedInContext(browser, server);
  const page = await openPage(context, '/');
  await slotCell(page, 'acme/checkout in production').waitFor();
  await mark(page);
  let gone = 0;
  await page.route(/\/assets\/activity-page-[^/]+\.js$/, async (route) => {
    gone += 1;
    if (gone > 1) return route.continue();
    // The pointer over the link asks for it already: what is missing is told once the reader is on the way.
    await page.waitForURL('**/activity');
    await route.fulfill({ status: 404, body: '' });
  });
  await page.getByRole('link', { name: 'Activity' }).click();
  await page.getByRole('article').first().waitFor();
  expect(await isSameDocument(page)).toBe(false);
  expect(new URL(page.url()).pathname).toBe('/activity');
  await context.close();
});

test('what went with an upgrade and was fetched unasked takes nothing from a reader who types', async () => {
  const context = await signedInContext(browser, server);
  const page = await openPage(context, incoming);
  let letGo = (): void => undefined;
  const gone = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(/\/assets\/activity-page-[^/]+\.js$/, async (route) => {
    await gone;
    await route.fulfill({ status: 404, body: '' });
  });
  const asked = page.waitForRequest(/\/assets\/activity-page-/);
  // The pointer has to rest on the link for it.
  await page.getByRole('link', { name: 'Activity' }).hover();
  await asked;
  const form = await secretForm(page);
  const looked = page.waitForResponse('**/healthz');
  letGo();
  await looked;
  await form.getByRole('button', { name: 'Make the secret' }).click();
  await page.getByRole('dialog', { name: 'Set up GitHub' }).waitFor();
  await context.close();
});

test('a part that went with an upgrade says so in its place, and the page stays until it is tried again', async () => {
  const context = await signedInContext(browser, server);
  const page = await openPage(context, '/');
  await slotCell(page, 'acme/checkout in production').waitFor();
  await mark(page);
  await page.route(/\/assets\/shortcuts-dialog-[^/]+\.js$/, (route) => route.fulfill({ status: 404, body: '' }));
  await page.keyboard.press('?');
  const part = page.getByRole('dialog', { name: 'The list of shortcuts could not be shown.' });
  await part.getByText('It may have gone with an upgrade of the server.').waitFor();
  expect(await isSameDocument(page)).toBe(true);
  const loaded = page.waitForEvent('load');
  await part.getByRole('button', { name: 'Retry' }).click();
  await loaded;
  expect(await isSameDocument(page)).toBe(false);
  await context.close();
});
