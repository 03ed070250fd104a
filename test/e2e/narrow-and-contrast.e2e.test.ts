import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EnvironmentsClient } from '../../src/client/environments-client.ts';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { openPage, signedInContext, telephone } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;
const shop = '/projects/commerce%2Fshop';

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
  await server.client.record(report({ namespace: 'commerce', service: 'shop', version: '1.4.0' }));
  await new EnvironmentsClient(server.client.requests).create('commerce/shop', { name: 'review/cart' });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function isInSight(page: Page, what: Locator): Promise<boolean> {
  const box = await what.boundingBox();
  const width = page.viewportSize()?.width ?? 0;
  return box !== null && box.x >= 0 && box.x + box.width <= width;
}

describe('on a telephone', () => {
  test('the ways to the other pages of a project show the one that is open', async () => {
    const context = await signedInContext(browser, server, { viewport: telephone });
    const page = await openPage(context, `${shop}/settings/audit`);
    await page.getByRole('heading', { name: 'Audit log', level: 2 }).waitFor();
    for (const [strip, name] of [
      ['Pages of commerce/shop', 'Settings'],
      ['Settings of commerce/shop', 'Audit log'],
    ] as const) {
      const link = page.getByRole('navigation', { name: strip }).getByRole('link', { name });
      await expect.poll(() => isInSight(page, link)).toBe(true);
    }
    await context.close();
  });

  test('what can be done with a row stands beside its name', async () => {
    const context = await signedInContext(browser, server, { viewport: telephone });
    const page = await openPage(context, `${shop}/environments`);
    const row = page.getByRole('row', { name: /review\/cart/ });
    const middleOf = async (what: Locator) => {
      const box = await what.boundingBox();
      return box ? box.y + box.height / 2 : Number.NaN;
    };
    const apart = async () =>
      (await middleOf(row.getByRole('button', { name: 'Stop review/cart' }))) -
      (await middleOf(row.getByRole('rowheader')));
    await expect.poll(async () => Math.abs(await apart())).toBeLessThan(8);
    await context.close();
  });

  test('a page at four times its size has all of its head in sight', async () => {
    const context = await signedInContext(browser, server, { viewport: { width: 360, height: 640 } });
    const page = await openPage(context, '/');
    const pages = page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
    await pages.last().waitFor();
    for (const link of await pages.all()) await expect.poll(() => isInSight(page, link)).toBe(true);
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await context.close();
  });
});

describe('where the system chooses the colours', () => {
  test('only the open page has the line of a tab, and the light of live updates is seen', async () => {
    const context = await signedInContext(browser, server, { forcedColors: 'active' });
    const page = await openPage(context, `${shop}/environments`);
    const tabs = page.getByRole('navigation', { name: 'Pages of commerce/shop' });
    const lineOf = (name: string) =>
      tabs.getByRole('link', { name }).evaluate((link) => getComputedStyle(link).borderBottomColor);
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await expect.poll(() => lineOf('Overview')).toBe(paper);
    await expect.poll(() => lineOf('Environments')).not.toBe(paper);
    const light = page.getByRole('status', { name: 'Live updates: live' }).locator('span').first();
    await expect.poll(() => light.evaluate((dot) => getComputedStyle(dot).backgroundColor)).not.toBe(paper);
    await context.close();
  });
});
