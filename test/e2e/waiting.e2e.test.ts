import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { person } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { openPage, signedInContext, slotCell, telephone } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;
let context: BrowserContext;

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** Tells of a deployment of a service to production, which its version names. */
const tell = (service: string, version: string, status: string, minutes: number, actor = 'dana') =>
  server.client.record(
    report({ service, version, status, actor, deployment_id: version, happened_at: minutesAgo(minutes) }),
  );

/** The services in view, once there are any. */
async function servicesIn(page: Page): Promise<string[]> {
  const names = page.getByRole('rowheader').getByRole('link');
  await names.first().waitFor();
  return names.allInnerTexts();
}

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
  await tell('checkout', '1.9.0', 'waiting', 60, 'erin');
  await tell('checkout', '1.8.9', 'success', 30);
  await tell('payments', '3.0.0', 'waiting', 60);
  await tell('payments', '3.1.0', 'waiting', 50);
  await tell('payments', '3.1.1', 'in-progress', 3);
  await tell('search', '5.0.0', 'success', 10);
  context = await signedInContext(browser, server);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('what waits still, though something came to its environment since,', () => {
  test('is in its cell by name and by sight, with how many more there are, and is counted', async () => {
    const page = await openPage(context, '/');
    const one = slotCell(page, 'checkout in production: 1.8.9, success, 1.9.0 is still waiting');
    await one.getByText('Waiting').waitFor();
    await expect.poll(() => one.innerText()).toContain('1.9.0');
    const two = slotCell(page, 'payments in production: 3.1.1, in-progress, 3.1.0 is still waiting, 1 more waiting');
    await expect.poll(() => two.innerText()).toMatch(/Waiting\s+3\.1\.0\s+\+1 more/);
    await page.getByRole('group', { name: 'In view' }).getByRole('button', { name: '3 waiting' }).waitFor();
    const cut = () =>
      two
        .locator('.slot-box > span')
        .evaluateAll((lines) => lines.filter((line) => line.scrollWidth > line.clientWidth).length);
    await expect.poll(cut).toBe(0);
    await page.close();
  });

  test.each([
    ['the count', '/', ['checkout', 'payments']],
    ['its status', '/?status=waiting', ['checkout', 'payments']],
    ['its version', '/?q=1.9.0', ['checkout']],
  ])('is found by %s', async (by, path, services) => {
    const page = await openPage(context, path);
    if (by === 'the count') await page.getByRole('button', { name: '3 waiting' }).click();
    await expect.poll(() => servicesIn(page)).toEqual(services);
    await page.close();
  });

  test('is among the deployments of who sent it', async () => {
    const { token: adminToken } = await person(server, 'erin');
    const own = await signedInContext(browser, { url: server.url, adminToken });
    const page = await openPage(own, '/?mine=1');
    await expect.poll(() => servicesIn(page)).toEqual(['checkout']);
    await own.close();
  });

  test('comes and goes in the open page as it is told', async () => {
    const page = await openPage(context, '/');
    await page.getByRole('status', { name: 'Live updates: live' }).waitFor();
    await tell('search', '4.9.0', 'waiting', 40);
    await slotCell(page, 'search in production: 5.0.0, success, 4.9.0 is still waiting').waitFor();
    await page.getByRole('button', { name: '4 waiting' }).waitFor();
    await tell('search', '4.9.0', 'rejected', 35);
    await page.getByRole('gridcell', { name: 'search in production: 5.0.0, success', exact: true }).waitFor();
    await page.getByRole('button', { name: '3 waiting' }).waitFor();
    await page.close();
  });

  test('is in the list of a telephone', async () => {
    const narrow = await signedInContext(browser, server, { viewport: telephone });
    const page = await openPage(narrow, '/');
    const slot = page.getByRole('button', {
      name: 'payments in production: 3.1.1, in-progress, 3.1.0 is still waiting, 1 more waiting',
    });
    await expect.poll(() => slot.innerText()).toMatch(/Waiting\s+3\.1\.0\s+\+1 more/);
    await page.getByRole('button', { name: 'checkout in production: 1.8.9' }).getByText('Waiting').waitFor();
    await narrow.close();
  });

  test('is on the page of its project, and in the history that its cell opens', async () => {
    const page = await openPage(context, '/projects/payments');
    const card = page.getByRole('article', { name: 'payments in production' });
    await card.getByText('3.1.0').waitFor();
    await card.getByText('1 more waiting').waitFor();
    await page.goto('/');
    await slotCell(page, 'payments in production').click();
    const drawer = page.getByRole('dialog');
    for (const version of ['3.0.0', '3.1.0']) await drawer.getByText(version).first().waitFor();
    await page.close();
  });
});
