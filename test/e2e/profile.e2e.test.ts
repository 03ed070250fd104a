import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { desktop, focusedName, openPage } from './signed-in-page.ts';

const password = 'a long password';
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
  await server.client.createUser({ username: 'ada', name: 'Ada', password });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** A browser in which Ada has signed in with her password. */
async function signedIn(userAgent?: string): Promise<BrowserContext> {
  const named = userAgent === undefined ? {} : { userAgent };
  const context = await browser.newContext({ baseURL: server.url, viewport: desktop, ...named });
  await context.request.post('/api/session', { data: { username: 'ada', password } });
  return context;
}

const sessionRows = (page: Page) => page.getByRole('table', { name: 'Your sessions' }).getByRole('row');

test('a new name is saved, and shown in the account menu', async () => {
  const context = await signedIn();
  const page = await openPage(context, '/settings');
  const save = page.getByRole('button', { name: 'Save' });
  await page.getByLabel('Name', { exact: true }).waitFor();
  await expect.poll(() => save.isDisabled()).toBe(true);
  await page.getByLabel('Name', { exact: true }).fill('Ada Lovelace');
  await context.setOffline(true);
  await save.click();
  await page.getByText('What you entered is still here.').waitFor();
  await context.setOffline(false);
  await save.click();
  await page.getByText('Your name is saved.').waitFor();
  await page.getByRole('button', { name: 'Account and appearance' }).click();
  await page.getByRole('menu').getByText('Ada Lovelace').waitFor();
  await context.close();
});

test('a session elsewhere is known by its browser, and ended', async () => {
  const [here, there] = [await signedIn(), await signedIn(firefox)];
  const page = await openPage(here, '/settings');
  const row = page.getByRole('row', { name: /Firefox on Linux/ });
  await page.getByRole('row', { name: /Chrome.*This one/ }).waitFor();
  await row.getByRole('button', { name: 'End the session of Firefox on Linux' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End the session' }).click();
  await page.getByText('The session is ended.').waitFor();
  // Behind an open dialog the table has no rows.
  await row.waitFor({ state: 'detached' });
  // The button that was pressed is gone: the focus stays with the rest.
  await expect.poll(() => focusedName(page)).toMatch(/^Sessions/);
  expect((await there.request.get('/api/matrix')).status()).toBe(401);
  expect((await here.request.get('/api/matrix')).status()).toBe(200);
  await Promise.all([here.close(), there.close()]);
});

test('all other sessions end at once, and this one stays', async () => {
  const contexts = [await signedIn(), await signedIn(firefox), await signedIn(firefox)];
  const [here] = contexts;
  if (!here) throw new Error('Three browsers were opened.');
  const page = await openPage(here, '/settings');
  await page.getByRole('button', { name: 'End all others' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^End \d+ sessions$/ })
    .click();
  await expect.poll(() => sessionRows(page).count()).toBe(2);
  for (const there of contexts.slice(1)) expect((await there.request.get('/api/matrix')).status()).toBe(401);
  await expect.poll(() => page.getByRole('button', { name: 'End all others' }).count()).toBe(0);
  await Promise.all(contexts.map((context) => context.close()));
});

test('the theme is chosen here as in the account menu, and stays', async () => {
  const context = await signedIn();
  const page = await openPage(context, '/settings');
  await page.getByRole('radio', { name: 'Dark' }).check();
  const theme = () => page.evaluate(() => document.documentElement.dataset['theme']);
  await expect.poll(() => theme()).toBe('dark');
  await page.reload();
  await expect.poll(() => theme()).toBe('dark');
  await page.getByRole('button', { name: 'Account and appearance' }).click();
  await page.getByRole('menuitemradio', { name: 'Light' }).click();
  await expect.poll(() => page.getByRole('radio', { name: 'Light' }).isChecked()).toBe(true);
  await context.close();
});

test('the password is changed from here, which ends the sessions elsewhere', async () => {
  const [here, there] = [await signedIn(), await signedIn(firefox)];
  const page = await openPage(here, '/settings');
  await page.getByRole('button', { name: 'Change password' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Current password').fill(password);
  await form.getByLabel('New password', { exact: true }).fill(`${password} 2`);
  await form.getByLabel('New password again').fill(`${password} 2`);
  await form.getByRole('button', { name: 'Save the new password' }).click();
  await form.waitFor({ state: 'detached' });
  await expect.poll(() => sessionRows(page).count()).toBe(2);
  expect((await there.request.get('/api/matrix')).status()).toBe(401);
  await Promise.all([here.close(), there.close()]);
});
