import type { Browser, BrowserContext, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { focusedName, openPage, signedInContext, slotCell, telephone } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;
let context: BrowserContext;
let small: BrowserContext;

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
  const told = (service: string, environment: string, version: string, status: string, minutes: number) =>
    report({ service, environment, version, status, happened_at: minutesAgo(minutes) });
  await server.client.recordBatch([
    told('shop', 'staging', '4.6.2', 'success', 950),
    told('shop', 'production', '4.6.2', 'success', 900),
    told('shop', 'staging', '4.7.2', 'success', 800),
    told('shop', 'production', '4.7.2', 'in-progress', 1),
    told('mail', 'staging', '1.0.0', 'success', 950),
    told('mail', 'production', '1.0.0', 'success', 900),
    told('mail', 'staging', '1.1.0', 'success', 800),
    told('mail', 'production', '1.1.0', 'waiting', 5),
    told('silent', 'dev', '2.0.0', 'in-progress', 300),
    told('early', 'dev', '3.0.0', 'success', -10),
    told('tax', 'staging', '5.0.0', 'in-progress', 2),
    told('tax', 'production', '5.0.0', 'failure', 30),
  ]);
  context = await signedInContext(browser, server);
  small = await signedInContext(browser, server, { viewport: telephone });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('how far an environment is behind', () => {
  test('stands with what is still good while another version is tried, in the matrix and on the project’s page', async () => {
    const page = await openPage(context, '/');
    const lineOf = (place: Locator) => place.getByText('still good').locator('..').innerText();
    const cell = slotCell(page, 'shop in production: 4.7.2, in-progress, 4.6.2 is still good, 1 behind staging');
    await expect.poll(() => lineOf(cell)).toMatch(/4\.6\.2\s+still good\s+·\s+1 behind/);
    await page.goto('/projects/shop');
    const card = page.getByRole('article', { name: 'shop in production' });
    await expect.poll(() => card.getByText('still good').innerText()).toContain('1 version behind staging');
    await page.close();
  });

  test.each(['/', '/?density=compact'])('stands close to its version on a wide screen: %s', async (path) => {
    const wide = await signedInContext(browser, server, { viewport: { width: 2560, height: 900 } });
    const page = await openPage(wide, path);
    const cell = slotCell(page, 'mail in production: 1.0.0');
    const apart = async () => {
      const [version, drift] = await Promise.all([
        cell.getByText('1.0.0').boundingBox(),
        cell.getByText('1 behind staging').boundingBox(),
      ]);
      return version && drift ? drift.x - version.x - version.width : Number.NaN;
    };
    await expect.poll(apart).toBeLessThan(100);
    await cell.getByText('Success').waitFor();
    await wide.close();
  });
});

test('the count of what waits says what it counts', async () => {
  const page = await openPage(context, '/');
  await page.getByRole('group', { name: 'In view' }).getByRole('button', { name: '1 waiting' }).hover();
  await page.getByRole('tooltip').getByText('Deployments that wait to go, whoever decides on them').waitFor();
  await page.close();
});

describe('what has had no news for too long', () => {
  test('is counted and found by its count, and a link keeps it', async () => {
    const page = await openPage(context, '/');
    const names = () => page.getByRole('rowheader').getByRole('link').allInnerTexts();
    const count = page.getByRole('group', { name: 'In view' }).getByRole('button', { name: '1 stale' });
    await count.click();
    await expect.poll(names).toEqual(['silent']);
    await expect.poll(() => page.url()).toBe(`${server.url}/?status=stale`);
    await page.reload();
    await expect.poll(names).toEqual(['silent']);
    await expect.poll(() => count.getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: 'Status' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Failed' }).click();
    await expect.poll(names).toEqual(['silent', 'tax']);
    await page.close();
  });
});

describe('on a telephone', () => {
  const slot = (page: Locator, begin: string) => page.getByRole('button', { name: new RegExp(`^${begin}`) });

  test('a slot that is behind says its status, and one of a clock that runs ahead says so', async () => {
    const page = await openPage(small, '/');
    const list = page.getByRole('list', { name: 'Services' });
    const behind = slot(list, 'mail in production');
    await behind.getByText('1 behind staging').waitFor();
    await behind.getByText('Success').waitFor();
    await slot(list, 'early in dev').getByText('Clock ahead').waitFor();
    await page.close();
  });

  test('what a filter does not ask for is quiet', async () => {
    const page = await openPage(small, '/?status=failure');
    const list = page.getByRole('list', { name: 'Services' });
    const tint = (begin: string) =>
      slot(list, begin)
        .locator('> span')
        .last()
        .evaluate((box) => getComputedStyle(box).backgroundColor);
    const none = 'rgba(0, 0, 0, 0)';
    await expect.poll(() => tint('tax in staging')).toBe(none);
    await expect.poll(() => tint('tax in production')).not.toBe(none);
    await page.close();
  });

  test('views, order and environments are chosen there, too', async () => {
    const page = await openPage(small, '/');
    const projects = () => page.getByRole('list', { name: 'Services' }).getByRole('heading', { level: 3 });
    await page.getByRole('button', { name: 'Display' }).click();
    await page.getByRole('menuitemradio', { name: 'Furthest behind first' }).waitFor();
    await expect.poll(() => page.getByRole('menuitemcheckbox', { name: 'Compact rows' }).count()).toBe(0);
    await page.getByRole('menuitemradio', { name: 'Newest change first' }).click();
    await expect.poll(() => projects().first().innerText()).toBe('early');
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: /^dev/ }).click();
    await expect.poll(() => projects().allInnerTexts()).toEqual(['shop', 'tax', 'mail']);
    await page.keyboard.press('Escape');
    await expect.poll(() => focusedName(page)).toMatch(/^Columns/);
    await page.getByRole('button', { name: 'Views' }).click();
    await expect.poll(() => focusedName(page)).toBe('Failed');
    await page.keyboard.press('Enter');
    await expect.poll(() => projects().allInnerTexts()).toEqual(['tax']);
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(telephone.width);
    await page.close();
  });
});
