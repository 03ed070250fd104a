import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { openPage, signedInContext, slotCell } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;
let context: BrowserContext;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
  await server.client.recordBatch([
    report({ namespace: 'acme', service: 'payments', environment: 'staging', version: '3.0.0' }),
    report({ namespace: 'acme', service: 'payments', environment: 'production', version: '2.9.0' }),
    report({ service: 'search', environment: 'dev', version: '1.2.0' }),
  ]);
  context = await signedInContext(browser, server);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('the search', () => {
  test('leads to a slot, and to all that happened', async () => {
    const page = await openPage(context, '/');
    await slotCell(page, 'search in dev').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('pay prod');
    await page.getByRole('option', { name: /acme\/payments in production/, selected: true }).waitFor();
    await page.getByRole('combobox').press('Enter');
    const drawer = page.getByRole('dialog', { name: 'acme/payments in production' });
    await drawer.waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('2.9.0');
    await page
      .getByRole('option', { name: /2\.9\.0/ })
      .first()
      .waitFor();
    await page.getByRole('option', { name: /Search all activity/ }).click();
    await page.waitForURL(/\/activity\?q=2\.9\.0/);
    await page.close();
  });

  test('offers again what it led to, as a link', async () => {
    const page = await openPage(context, '/');
    await slotCell(page, 'search in dev').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('payments');
    const project = page.getByRole('option', { name: 'acme/payments 2 environments' });
    await project.click();
    await page.waitForURL(`${server.url}/projects/acme%2Fpayments`);
    await page.keyboard.press('Control+k');
    await expect.poll(() => project.getAttribute('href')).toBe('/projects/acme%2Fpayments');
    await page.getByRole('combobox').fill('pay freeze');
    await page.getByRole('option', { name: 'Freeze periods of acme/payments' }).click();
    await page.waitForURL(`${server.url}/projects/acme%2Fpayments/settings/freezes`);
    await page.close();
  });
});
