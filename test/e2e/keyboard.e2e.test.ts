import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { fleet } from './fleet.ts';
import { pressInTurn } from './page-controls.ts';
import { focusedName, openPage, signedInContext, slotCell } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;
let context: BrowserContext;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
  await server.client.recordBatch(fleet(Date.now()));
  context = await signedInContext(browser, server);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const names = (page: Page) => page.getByRole('rowheader').getByRole('link').allInnerTexts();

/**
 * One key, again and again, until something of that name has the focus. Menus move the focus a moment after the key, so
 * each press waits until the focus has moved.
 */
async function goTo(page: Page, name: RegExp, key = 'Tab'): Promise<void> {
  for (let press = 0; press < 40; press++) {
    const left = await page.evaluateHandle(() => document.activeElement);
    await page.keyboard.press(key);
    await page.waitForFunction((element) => document.activeElement !== element, left);
    if (name.test(await focusedName(page))) return;
  }
  throw new Error(`${key} never came to ${name}.`);
}

describe('by the keyboard alone', () => {
  test('somebody finds what runs in production, opens its history and its deployment, and comes back', async () => {
    const page = await openPage(context, '/');
    await slotCell(page, 'commerce/checkout in dev').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('payments');
    await expect.poll(() => names(page)).toEqual(['payments']);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focusedName(page)).toMatch(/^commerce\/payments in dev/);
    await page.keyboard.press('End');
    await expect.poll(() => focusedName(page)).toMatch(/^commerce\/payments in production: \S+, success/);
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: 'commerce/payments in production' });
    const deployment = drawer.getByRole('region', { name: 'History' }).getByRole('link').first();
    await goTo(page, new RegExp(`^${await deployment.innerText()}$`));
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/deployments\/\d+$/);
    await page.getByRole('heading', { level: 1, name: /payments .+ in production/ }).waitFor();
    await page.goBack(); // the browser's own key does nothing without its window
    await drawer.waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    await expect.poll(() => focusedName(page)).toMatch(/^commerce\/payments in production/);
    await expect.poll(() => names(page)).toEqual(['payments']);
    await page.close();
  });

  test('somebody filters by status, and takes the filter back', async () => {
    const page = await openPage(context, '/');
    await slotCell(page, 'commerce/checkout in dev').waitFor();
    await page.keyboard.press('/');
    await goTo(page, /^Status/);
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await goTo(page, /^Failed$/, 'ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.waitForURL(/status=failure/);
    await goTo(page, /^Clear$/);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${server.url}/`);
    await page.close();
  });

  test('a column is moved, and the focus stays with it', async () => {
    const page = await openPage(context, '/');
    const heads = async () =>
      (await page.getByRole('columnheader').getByRole('button').allInnerTexts()).map((text) => text.split('\n')[0]);
    await slotCell(page, 'commerce/checkout in dev').waitFor();
    await page.locator('[role=grid] [role=gridcell][tabindex="0"]').focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => focusedName(page)).toMatch(/^dev/);
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Move right' }).waitFor();
    await goTo(page, /^Move right$/, 'ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(heads).toEqual(['Service', 'qa', 'dev', 'staging', 'production']);
    await expect.poll(() => focusedName(page)).toMatch(/^dev/);
    await page.close();
  });

  test('the search leads to a project, and the way back to the grid', async () => {
    const page = await openPage(context, '/');
    await slotCell(page, 'commerce/checkout in dev').waitFor();
    await page.keyboard.press('Control+k');
    await page.locator('[role=combobox]:focus').waitFor();
    await page.keyboard.type('gateway');
    await page
      .getByRole('option', { name: /^platform\/gateway/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(`${server.url}/projects/platform%2Fgateway`);
    await pressInTurn(page, 'g', 'm');
    await page.waitForURL(`${server.url}/`);
    await slotCell(page, 'commerce/checkout in dev').waitFor();
    await page.close();
  });
});
