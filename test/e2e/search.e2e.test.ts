import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askGitHub } from '../github/checked-answers.ts';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { holdBack } from './page-controls.ts';
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
    report({ service: 'search', environment: 'nightly', version: 'nightly', status: 'failure', actor: 'rosa' }),
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

  test('means nothing that was found for the text before', async () => {
    const page = await searching();
    const input = page.getByRole('combobox');
    await input.fill('3.0.0');
    await page
      .getByRole('option', { name: /acme\/payments in staging.*3\.0\.0/ })
      .first()
      .waitFor();
    const letGo = await holdBack(page, '/api/', (request) => request.url().includes('q=1.2.0'));
    await input.fill('1.2.0');
    const names = () => page.getByRole('option').allInnerTexts();
    await expect.poll(names).toEqual([expect.stringContaining('Search all activity for “1.2.0”')]);
    await input.press('Enter');
    letGo();
    await page.waitForURL(/search.*dev|dev.*search/);
    await page.close();
  });

  test('keeps what was chosen where more is found', async () => {
    const page = await searching();
    const letGo = await holdBack(page, '/api/', (request) => request.url().includes('q=nightly'));
    const chosen = page.getByRole('option', { name: /Search all activity/, selected: true });
    await page.getByRole('combobox').fill('nightly');
    await page.getByRole('option', { name: 'nightly other', selected: true }).waitFor();
    await page.getByRole('combobox').press('ArrowUp');
    await chosen.waitFor();
    letGo();
    await page.getByRole('option', { name: /search in nightly/ }).waitFor();
    await expect.poll(() => chosen.count()).toBe(1);
    // The environment of a name comes before what else has it.
    await expect.poll(() => page.getByRole('option').first().innerText()).toMatch(/^nightly\s+other$/);
    await page.close();
  });

  test.each([
    ['acme/payments 2.9.0', /^#?.*acme\/payments in production.*2\.9\.0/],
    ['search failed', /search in nightly.*Failed/],
    ['rosa', /search in nightly nightly · by rosa/],
    ['acme', /^acme 1 service$/],
  ])('finds by the words %s', async (text, name) => {
    const page = await searching();
    await page.getByRole('combobox').fill(text);
    await page.getByRole('option', { name }).first().waitFor();
    await page.close();
  });

  test('finds by the word that a tool had for a status', async () => {
    const at = '/repos/acme/payments/deployments';
    const made = await askGitHub<{ id: number }>(server, `POST ${at}`, {
      body: { ref: 'main', environment: 'canary', auto_merge: false, required_contexts: [] },
    });
    const told = await askGitHub(server, `POST ${at}/${made.body.id}/statuses`, { body: { state: 'error' } });
    expect([made.status, told.status]).toEqual([201, 201]);
    const page = await searching();
    await page.getByRole('combobox').fill('canary error');
    await page.getByRole('option', { name: /acme\/payments in canary/ }).waitFor();
    await page.close();
  });

  test('finds a deployment by its number as the page writes it, and says where nothing is found', async () => {
    const { items } = await server.client.deployments({ service: 'search', environment: 'dev' });
    const number = items[0]?.deployment_number;
    const page = await searching();
    await page.getByRole('combobox').fill(`#${number}`);
    await page.getByRole('option', { name: `#${number} search in dev 1.2.0` }).waitFor();
    await page.getByRole('combobox').press('Enter');
    await page.waitForURL(`${server.url}/deployments/${number}`);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('zzzz');
    await page.getByRole('status').filter({ hasText: 'Nothing here has “zzzz” in its name.' }).waitFor();
    await page.close();
  });
});

/** The matrix with the search over it. */
async function searching() {
  const page = await openPage(context, '/');
  await slotCell(page, 'search in dev').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
  return page;
}
