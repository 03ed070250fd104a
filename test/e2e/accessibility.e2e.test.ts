import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { fleet } from './fleet.ts';
import { openPage, signedInContext } from './signed-in-page.ts';

// What axe finds on each page: the files that end in pages.e2e.test.ts, with their scenes in scenes/.

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
  await server.client.recordBatch(fleet(Date.now()));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
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
