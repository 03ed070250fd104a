import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { launchBrowser } from '../support/browser.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { desktop, focusedName, openPage, signedInContext } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

async function visit(path: string) {
  const context = await browser.newContext({ baseURL: server.url, viewport: desktop });
  return openPage(context, path);
}

describe('signing in', () => {
  test('a first password has to be changed before anything else, and then leads to the page asked for', async () => {
    const user = await server.client.createUser({ username: 'anna', name: 'Anna Berg' });
    const page = await visit('/activity?status=failure');
    await page.waitForURL(/\/sign-in/);
    await page.getByLabel('User name').fill('anna');
    await page.getByLabel('Password', { exact: true }).fill(user.one_time_password ?? '');
    await page.getByRole('button', { name: 'Sign in' }).click();

    await page.getByRole('heading', { name: 'Choose a new password' }).waitFor({ state: 'attached' });
    await page.getByLabel('New password', { exact: true }).fill('short');
    await page.getByLabel('New password again').fill('short');
    await page.getByRole('button', { name: 'Save the new password' }).click();
    await page.getByText('Use at least 10 characters.').waitFor();

    await page.getByLabel('New password', { exact: true }).fill('correct horse battery');
    await page.getByLabel('New password again').fill('correct horse battery');
    const other = await openPage(page.context(), '/sign-in');
    await other.getByLabel('Current password').waitFor();
    await page.getByRole('button', { name: 'Save the new password' }).click();
    await page.waitForURL(`${server.url}/activity?status=failure`);
    // As when the reader comes back to that tab.
    await other.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await other.waitForURL(`${server.url}/`);
    await other.close();

    await page.getByRole('button', { name: 'Account and appearance' }).click();
    await page.getByText('Anna Berg').waitFor();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/\/sign-in/);
  });

  test('signing out without an answer says that the reader is still signed in', async () => {
    const context = await signedInContext(browser, server);
    const page = await openPage(context, '/');
    await page.route('**/api/session', (route) =>
      route.request().method() === 'DELETE' ? route.abort('connectionreset') : route.fallback(),
    );
    await page.getByRole('button', { name: 'Account and appearance' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByText('You could not be signed out. The server cannot be reached.').waitFor();
    await context.close();
  });

  test('a token signs in', async () => {
    const page = await visit('/');
    await page.getByRole('tab', { name: 'Token' }).click();
    await page.getByLabel('Token', { exact: true }).fill(server.adminToken);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Matrix' }).waitFor({ state: 'attached' });
    await expect.poll(() => new URL(page.url()).pathname).toBe('/');
  });

  test('a wrong password says so and keeps the name', async () => {
    const page = await visit('/sign-in');
    await page.getByLabel('User name').fill('nobody');
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('The user name or the password is wrong.').waitFor();
    await expect.poll(() => page.getByLabel('User name').inputValue()).toBe('nobody');
    // What was wrong is marked, to be typed over.
    await expect.poll(() => focusedName(page)).toBe('Password');
    await page.keyboard.type('another');
    await expect.poll(() => page.getByLabel('Password', { exact: true }).inputValue()).toBe('another');
  });

  test('too many tries are told of with the time to wait', async () => {
    await using own = await startTestServer();
    const context = await browser.newContext({ baseURL: own.url, viewport: desktop });
    const page = await openPage(context, '/sign-in');
    await page.getByLabel('User name').fill('nobody');
    const guess = (password: string) =>
      ask(own, 'POST /api/session', { token: null, body: { username: 'nobody', password } });
    for (let tries = 0; tries < 10; tries++) expect((await guess(`guess ${tries}`)).status).toBe(401);
    await page.getByLabel('Password', { exact: true }).fill('one guess more');
    await page.keyboard.press('Enter');
    await page
      .getByRole('alert')
      .getByText(/^Too many attempts\. Try again in (\d+ seconds|a minute)\.$/)
      .waitFor();
    await context.close();
  });

  test('what is typed can be shown, and fields say to a password manager what they are', async () => {
    const page = await visit('/sign-in');
    const password = page.getByLabel('Password', { exact: true });
    await password.fill('secret of mine');
    await expect.poll(() => password.getAttribute('type')).toBe('password');
    await page.getByRole('button', { name: 'Show what is typed' }).click();
    await expect.poll(() => password.getAttribute('type')).toBe('text');
    await expect.poll(() => password.inputValue()).toBe('secret of mine');
    await expect.poll(() => password.getAttribute('autocomplete')).toBe('current-password');
    await expect.poll(() => page.getByLabel('User name').getAttribute('autocomplete')).toBe('username');
    await page.context().close();
  });

  test('whoever is signed in already goes on to the page asked for', async () => {
    const context = await signedInContext(browser, server);
    const page = await openPage(context, '/sign-in?next=/activity?q=1');
    await page.waitForURL(`${server.url}/activity?q=1`);
    await context.close();
  });

  test.each(['//evil.example/', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)'])(
    'a return address of another site, %s, is not followed',
    async (next) => {
      const context = await signedInContext(browser, server);
      const page = await openPage(context, `/sign-in?next=${encodeURIComponent(next)}`);
      await page.waitForURL(`${server.url}/`);
      await context.close();
    },
  );

  test('nor is it followed after signing in', async () => {
    const page = await visit('/sign-in?next=//evil.example/');
    await page.getByRole('tab', { name: 'Token' }).click();
    await page.getByLabel('Token', { exact: true }).fill(server.adminToken);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${server.url}/`);
  });

  test('a session that ends while somebody works asks to sign in over the view, and goes on', async () => {
    const context = await signedInContext(browser, server);
    const page = await openPage(context, '/activity?q=anything');
    await page.getByRole('status', { name: 'Live updates: live' }).waitFor();
    await expect.poll(() => page.getByRole('status', { name: /^Loading/ }).count()).toBe(0);
    await context.clearCookies();
    await page.getByLabel('Search events').fill('something else');
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.getByRole('tab', { name: 'Token' }).click();
    await dialog.getByLabel('Token', { exact: true }).fill(server.adminToken);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(() => page.url()).toBe(`${server.url}/activity?q=something+else`);
  });
});

describe('a server with public reading', () => {
  test('shows its pages to everyone, with a way to sign in', async () => {
    await using open = await startTestServer({ publicRead: true });
    await open.client.record({
      deployment_id: 'd1',
      service: 'checkout',
      environment: 'production',
      status: 'success',
      happened_at: new Date().toISOString(),
      version: '1.0.0',
    });
    const context = await browser.newContext({ baseURL: open.url, viewport: desktop });
    const page = await openPage(context, '/');
    await page.getByRole('gridcell', { name: /^checkout in production: 1\.0\.0, success/ }).waitFor();
    await page.goto('/changes');
    const main = page.getByRole('main');
    await main.getByRole('link', { name: 'Sign in' }).waitFor();
    await expect.poll(() => main.getByText('curl').count()).toBe(0);
    await page.goto('/inbox');
    await expect
      .poll(() => main.getByRole('link', { name: 'Sign in' }).getAttribute('href'))
      .toBe('/sign-in?next=/inbox');
    await page.goto('/');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByRole('tab', { name: 'Token' }).click();
    await page.getByLabel('Token', { exact: true }).fill(open.adminToken);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${open.url}/`);
    await context.close();
  });

  test('leads back from signing in to the page that the reader has come to', async () => {
    await using open = await startTestServer({ publicRead: true });
    const context = await browser.newContext({ baseURL: open.url, viewport: desktop });
    const page = await openPage(context, '/');
    await page.getByRole('link', { name: 'Activity' }).click();
    await page.waitForURL(`${open.url}/activity`);
    const signIn = page.getByRole('link', { name: 'Sign in' });
    await expect.poll(() => signIn.getAttribute('href')).toBe('/sign-in?next=/activity');
    await context.close();
  });
});
