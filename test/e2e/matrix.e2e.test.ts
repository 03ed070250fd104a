import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { focusedName, openPage, signedInContext, slotCell, telephone } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;
let context: BrowserContext;

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
  const acme = { namespace: 'acme' } as const;
  await server.client.recordBatch([
    report({ ...acme, service: 'checkout', environment: 'staging', version: '1.1.0', happened_at: minutesAgo(90) }),
    report({ ...acme, service: 'checkout', environment: 'staging', version: '1.2.0', happened_at: minutesAgo(60) }),
    report({ ...acme, service: 'checkout', environment: 'production', version: '1.1.0', happened_at: minutesAgo(80) }),
    report({ ...acme, service: 'payments', environment: 'staging', version: '3.0.0', happened_at: minutesAgo(50) }),
    report({ ...acme, service: 'payments', environment: 'production', version: '2.9.0', happened_at: minutesAgo(600) }),
    report({
      ...acme,
      service: 'payments',
      environment: 'production',
      version: '3.0.0',
      status: 'failure',
      happened_at: minutesAgo(40),
    }),
    report({ service: 'search', environment: 'dev', version: '1.2.0', actor: 'admin', happened_at: minutesAgo(3000) }),
  ]);
  context = await signedInContext(browser, server);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('the matrix', () => {
  test('says of a failed slot what is still good, and how far a slot is behind', async () => {
    const page = await openPage(context, '/');
    await slotCell(page, 'acme/payments in production: 3.0.0, failure, 2.9.0 is still good').waitFor();
    await slotCell(page, 'acme/checkout in production: 1.1.0, success, 1 behind staging').waitFor();
    await slotCell(page, 'search in production: not deployed').waitFor();
    await page.close();
  });

  test.each([1024, 1440, 2560])('shows the whole of what stands below a version, %i pixels wide', async (width) => {
    await using fleet = await startTestServer();
    const states = ['in-progress', 'success', 'failure', 'cancelled'];
    const environments = ['dev', 'qa', 'perf', 'demo', 'staging', 'production'];
    await fleet.client.recordBatch(
      environments.flatMap((environment, column) =>
        states.map((status, row) =>
          report({
            service: `service-${row}`,
            environment,
            status,
            happened_at: minutesAgo(row * 70 + column * 300 + 180),
          }),
        ),
      ),
    );
    const wide = await signedInContext(browser, fleet, { viewport: { width, height: 900 } });
    const page = await openPage(wide, '/');
    await slotCell(page, 'service-0 in dev').getByText('Stale').waitFor();
    const cut = () =>
      page
        .locator('[role=gridcell] .slot-box > span')
        .evaluateAll((lines) =>
          lines.filter((line) => line.scrollWidth > line.clientWidth).map((line) => line.textContent),
        );
    await expect.poll(cut).toEqual([]);
    await wide.close();
  });

  test('filters by glob, word and status; the URL keeps it over a reload', async () => {
    const page = await openPage(context, '/');
    const names = () => page.getByRole('rowheader').getByRole('link').allInnerTexts();
    await slotCell(page, 'search in dev').waitFor();
    await page.keyboard.press('/');
    await expect.poll(() => focusedName(page)).toBe('Filter services');
    await page.keyboard.type('acme/*');
    await expect.poll(names).toEqual(['checkout', 'payments']);
    await page.getByRole('button', { name: 'Status' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Failed' }).click();
    await page.keyboard.press('Escape');
    await expect.poll(names).toEqual(['payments']);
    await expect.poll(() => page.url()).toBe(`${server.url}/?q=acme/*&status=failure`);
    await page.reload();
    await expect.poll(names).toEqual(['payments']);
    await expect.poll(() => page.getByLabel('Filter services').inputValue()).toBe('acme/*');
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await expect.poll(names).toEqual(['search', 'checkout', 'payments']);
    await page.close();
  });

  test('finds a version and what changed lately, and counts what is in view', async () => {
    const page = await openPage(context, '/?q=1.2.0&since=24h');
    await expect
      .poll(() => page.getByRole('rowheader').getByRole('link').allInnerTexts())
      .toEqual(['acme/checkout'.slice(5)]);
    await page.getByRole('group', { name: 'In view' }).getByText('1 service').waitFor();
    await page.close();
  });

  test('hides, pins and sorts by a column’s own menu, and keeps it in the URL', async () => {
    const page = await openPage(context, '/');
    const heads = () => page.getByRole('columnheader').getByRole('button').allInnerTexts();
    const names = async () => (await heads()).map((text) => text.split('\n')[0]);
    await page.getByRole('columnheader', { name: /^dev/ }).getByRole('button').click();
    await page.getByRole('menuitem', { name: 'Hide' }).click();
    await expect.poll(names).toEqual(['Service', 'staging', 'production']);
    await page
      .getByRole('columnheader', { name: /^production/ })
      .getByRole('button')
      .click();
    await page.getByRole('menuitem', { name: 'Pin to the left' }).click();
    await expect.poll(names).toEqual(['Service', 'production', 'staging']);
    await page
      .getByRole('columnheader', { name: /^staging/ })
      .getByRole('button')
      .click();
    await page.getByRole('menuitem', { name: 'Newest change first' }).click();
    await expect
      .poll(() => page.getByRole('rowheader').getByRole('link').allInnerTexts())
      .toEqual(['acme/payments', 'acme/checkout']);
    await expect.poll(() => page.url()).toBe(`${server.url}/?hide=dev&pin=production&sort=env:staging`);
    await page.close();
  });

  test('lights every cell that has the version under the pointer', async () => {
    const page = await openPage(context, '/');
    const lit = (cell: string) =>
      slotCell(page, cell).evaluate((element) => {
        const version = element.querySelector('.slot-version');
        return version !== null && getComputedStyle(version).boxShadow !== 'none';
      });
    await slotCell(page, 'acme/checkout in staging: 1.2.0').hover();
    await expect.poll(() => lit('search in dev: 1.2.0')).toBe(true);
    await expect.poll(() => lit('acme/checkout in production: 1.1.0')).toBe(false);
    await page.close();
  });

  test('is walked by keyboard alone: one tab stop, arrows, Home, End, Enter and back', async () => {
    const page = await openPage(context, '/');
    await slotCell(page, 'search in dev').waitFor();
    await expect.poll(() => page.locator('[role=grid] [tabindex="0"]').count()).toBe(1);
    await page.locator('[role=grid] [tabindex="0"]').focus();
    await expect.poll(() => focusedName(page)).toMatch(/^search in dev/);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focusedName(page)).toMatch(/^acme/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => focusedName(page)).toMatch(/^acme\/checkout in staging: 1\.2\.0/);
    await page.keyboard.press('End');
    await expect.poll(() => focusedName(page)).toMatch(/^acme\/checkout in production/);
    await page.keyboard.press('Control+End');
    await expect.poll(() => focusedName(page)).toMatch(/^acme\/payments in production/);
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: 'acme/payments in production' });
    await drawer.and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    await expect.poll(() => focusedName(page)).toMatch(/^acme\/payments in production/);
    await page.keyboard.press('Control+Home');
    await expect.poll(() => focusedName(page)).toMatch(/^No namespace/);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => focusedName(page)).toMatch(/^dev/);
    await page.close();
  });

  test('is a list by project on a telephone', async () => {
    const small = await signedInContext(browser, server, { viewport: telephone });
    const page = await openPage(small, '/');
    const project = page.getByRole('article', { name: 'acme/payments' });
    await project.getByRole('button', { name: /^acme\/payments in production: 3\.0\.0, failure/ }).click();
    await page.getByRole('dialog', { name: 'acme/payments in production' }).waitFor();
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(telephone.width);
    await small.close();
  });

  test('jumps between pages and lists its shortcuts', async () => {
    const page = await openPage(context, '/');
    await slotCell(page, 'search in dev').waitFor();
    await page.keyboard.type('ga');
    await page.waitForURL(/\/activity$/);
    await page.getByRole('article').first().waitFor();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await dialog.locator(':focus').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.type('gm');
    await page.waitForURL(`${server.url}/`);
    await page.close();
  });

  test('folds a namespace away by key and by pointer; what failed in it stays said, and a search finds it', async () => {
    const page = await openPage(context, '/');
    const names = () => page.getByRole('rowheader').getByRole('link').allInnerTexts();
    const heading = page.getByRole('rowheader').getByRole('button', { name: /^acme/ });
    await heading.click();
    await expect.poll(names).toEqual(['search']);
    await expect.poll(() => heading.getAttribute('aria-expanded')).toBe('false');
    await expect.poll(() => heading.innerText()).toContain('1 failed');
    await expect.poll(() => page.url()).toBe(`${server.url}/?fold=acme`);
    await page.keyboard.press('ArrowRight');
    await expect.poll(names).toEqual(['search', 'checkout', 'payments']);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(names).toEqual(['search']);
    await page.getByLabel('Filter services').fill('checkout');
    await expect.poll(names).toEqual(['checkout']);
    await page.close();
  });

  test('takes less room when asked to, and puts first what is furthest behind', async () => {
    const page = await openPage(context, '/');
    const height = async () => (await page.getByRole('row', { name: /^search/ }).boundingBox())?.height ?? 0;
    await slotCell(page, 'search in dev').waitFor();
    const before = await height();
    await page.getByRole('button', { name: 'Display' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Compact rows' }).click();
    await expect.poll(height).toBeLessThan(before * 0.7);
    await page.getByRole('menuitemradio', { name: 'Furthest behind first' }).click();
    await expect
      .poll(() => page.getByRole('rowheader').getByRole('link').allInnerTexts())
      .toEqual(['acme/checkout', 'acme/payments', 'search']);
    await expect.poll(() => page.url()).toBe(`${server.url}/?density=compact&sort=drift`);
    await page.close();
  });

  test('leads from a row to its project', async () => {
    const page = await openPage(context, '/');
    await page.getByRole('rowheader').getByRole('link', { name: 'acme/checkout' }).click();
    await page.waitForURL(`${server.url}/projects/acme%2Fcheckout`);
    await page.close();
  });

  test('keeps a view under a name, as a link', async () => {
    const page = await openPage(context, '/?status=failure');
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByLabel('Save what is shown now').fill('Broken');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const mine = page.getByRole('list', { name: 'My views' });
    await mine.getByRole('link', { name: 'Broken' }).waitFor();
    await page.goto('/');
    await page.getByRole('button', { name: 'Views' }).click();
    await mine.getByRole('link', { name: 'Broken' }).click();
    await page.waitForURL(`${server.url}/?status=failure`);
    await page.getByRole('button', { name: 'Views' }).click();
    await mine.getByRole('button', { name: 'Rename Broken' }).click();
    await page.getByLabel('New name of Broken').fill('On fire');
    await page.keyboard.press('Enter');
    await mine.getByRole('link', { name: 'On fire' }).waitFor();
    await mine.getByRole('button', { name: 'Forget On fire' }).click();
    await mine.waitFor({ state: 'detached' });
    await page.close();
  });

  test('shows the reader’s own, and filters by a count when it is pressed', async () => {
    await server.client.createUser({ username: 'anna', password: 'correct horse battery' });
    await server.client.record(report({ service: 'tax', environment: 'dev', version: '1.0.0', actor: 'Anna' }));
    const own = await browser.newContext({ baseURL: server.url });
    await own.request.post('/api/session', { data: { username: 'anna', password: 'correct horse battery' } });
    const page = await openPage(own, '/');
    const names = () => page.getByRole('rowheader').getByRole('link').allInnerTexts();
    await page.getByRole('button', { name: 'Mine' }).click();
    await expect.poll(names).toEqual(['tax']);
    await page.getByRole('button', { name: 'Mine' }).click();
    await page.getByRole('group', { name: 'In view' }).getByRole('button', { name: '1 failed' }).click();
    await expect.poll(names).toEqual(['payments']);
    await own.close();
  });
});
