import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { fleet } from './fleet.ts';
import { pressInTurn } from './page-controls.ts';
import { focusedName, openPage, signedInContext, telephone } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;
let context: BrowserContext;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
  await server.client.recordBatch(fleet(Date.now()));
  context = await signedInContext(browser, server, { reducedMotion: 'reduce' });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const scroller = (page: Page) => page.locator('[data-scroll-restoration-id="page"]');
const scrolled = (page: Page) => scroller(page).evaluate(({ scrollTop }) => scrollTop);
const path = (page: Page) => page.evaluate(() => location.pathname);

test.each(['/%', '/projects/%E0%A4%A'])(
  'an address that cannot be read, %s, leads on like any unknown one',
  async (wrong) => {
    const page = await context.newPage();
    await page.goto(wrong);
    await page.getByRole('link', { name: 'Go to the matrix' }).click();
    await page.getByRole('gridcell').first().waitFor();
    await page.close();
  },
);

describe('the keyboard', () => {
  test('jumps to each page, and its heading says where the reader is', async () => {
    const page = await openPage(context, '/');
    await page.getByRole('gridcell').first().waitFor();
    for (const [key, to, heading] of [
      ['a', '/activity', 'Activity'],
      ['c', '/changes', 'Changes'],
      ['i', '/inbox', 'Inbox'],
      ['m', '/', 'Matrix'],
    ] as const) {
      await pressInTurn(page, 'g', key);
      await expect.poll(() => path(page)).toBe(to);
      await expect.poll(() => focusedName(page)).toBe(heading);
      await expect.poll(() => page.title()).toContain(heading);
    }
    await pressInTurn(page, 'g', 's');
    await expect.poll(() => path(page)).toBe('/settings');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Go to the settings').waitFor();
    await page.close();
  });

  test('skips the header', async () => {
    const page = await openPage(context, '/activity');
    await page.getByRole('article').first().waitFor();
    await page.keyboard.press('Tab');
    await expect.poll(() => focusedName(page)).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await page.locator('main:focus').waitFor();
    await page.keyboard.press('Tab');
    await page.locator('main :focus').waitFor();
    await page.close();
  });
});

test('a page begins at its top, and is where it was left on the way back', async () => {
  const small = await signedInContext(browser, server, { viewport: telephone, reducedMotion: 'reduce' });
  const page = await openPage(small, '/');
  await page.getByRole('article').first().waitFor();
  await scroller(page).evaluate((element) => element.scrollTo(0, 600));
  await expect.poll(() => scrolled(page)).toBe(600);
  await page.getByRole('link', { name: 'Activity' }).click();
  await page.getByRole('article').first().waitFor();
  await expect.poll(() => focusedName(page)).toBe('Activity');
  await expect.poll(() => scrolled(page)).toBe(0);
  await page.goBack();
  await expect.poll(() => path(page)).toBe('/');
  await expect.poll(() => scrolled(page)).toBe(600);
  await small.close();
});

test('a page that breaks says so, and leaves the way to the others', async () => {
  const page = await context.newPage();
  await page.route('**/api/approvals*', (route) => route.fulfill({ json: { items: [{}] } }));
  await page.goto('/inbox');
  await page.getByRole('heading', { name: 'This page broke' }).waitFor();
  await page.getByRole('link', { name: 'Activity' }).click();
  await page.getByRole('article').first().waitFor();
  await page.close();
});

test('what is printed is the page without its controls, whole and on white', async () => {
  const page = await openPage(context, '/activity');
  await page.getByRole('article').first().waitFor();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect.poll(() => page.getByRole('navigation', { name: 'Pages' }).isVisible()).toBe(false);
  await expect.poll(() => page.getByRole('button', { name: 'Search', exact: true }).isVisible()).toBe(false);
  await expect
    .poll(() => page.evaluate(() => getComputedStyle(document.body).backgroundColor))
    .toBe('rgb(255, 255, 255)');
  await expect.poll(() => scroller(page).evaluate((element) => element.scrollHeight - element.clientHeight)).toBe(0);
  await page.close();
});

test('the account menu leads to the settings', async () => {
  const page = await openPage(context, '/');
  await page.getByRole('button', { name: 'Account and appearance' }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await page.getByRole('navigation', { name: 'Settings' }).waitFor();
  await expect.poll(() => path(page)).toBe('/settings');
  await page.close();
});
