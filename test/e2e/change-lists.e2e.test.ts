import { tmpdir } from 'node:os';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { openPage, signedInContext } from './signed-in-page.ts';
import { type TrackedProject, trackProject } from './tracked-project.ts';

let browser: Browser;
let server: TestServer;
let orders: TrackedProject;
let context: BrowserContext;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer({ repositoryPaths: [tmpdir()] })]);
  orders = await trackProject(server, 'commerce/orders');
  context = await signedInContext(browser, server);
});
afterAll(async () => {
  await browser?.close();
  await orders?.[Symbol.asyncDispose]();
  await server?.stop();
});

const changes = (page: Page) => page.getByRole('list', { name: 'Changes, latest first' }).getByRole('listitem');
const waiting = (page: Page) => page.getByRole('list', { name: /^Waiting for the next/ }).getByRole('listitem');

test('an environment stands at the same place in each line', async () => {
  const page = await openPage(context, '/changes');
  const leftOf = async (line: Locator) => (await line.getByText('production', { exact: true }).boundingBox())?.x;
  const [second, third] = ['!2', '!3'].map((reference) => changes(page).filter({ hasText: reference }));
  if (!second || !third) throw new Error('Two lines are looked for.');
  await third.getByText('no longer live').waitFor();
  await expect.poll(async () => (await leftOf(second)) === (await leftOf(third))).toBe(true);
  await page.close();
});

test('the known authors are offered, and a line names its project only where there are several', async () => {
  const page = await openPage(context, '/projects/commerce%2Forders/changes');
  await expect.poll(() => changes(page).count()).toBe(6);
  await expect.poll(() => changes(page).first().innerText()).not.toContain('commerce/orders');
  await page.getByRole('button', { name: 'Author' }).click();
  await expect
    .poll(() => page.getByRole('option').allInnerTexts())
    .toEqual(['Any author', 'Dana Deploys', 'Mia Maintains', 'Rosa Reviews']);
  await page.getByRole('combobox', { name: 'Find author' }).fill('rosa');
  await page.keyboard.press('Enter');
  await expect.poll(() => changes(page).count()).toBe(1);
  await page.getByRole('button', { name: 'Author' }).click();
  await page.getByRole('option', { name: 'Dana Deploys' }).click();
  await expect.poll(() => changes(page).count()).toBe(2);
  await page.close();
});

test('what waits is searched by the same words, which stay from one view to the other', async () => {
  const page = await openPage(context, '/changes');
  const search = page.getByRole('searchbox', { name: 'Search changes' });
  await search.fill('delivery');
  await expect.poll(() => changes(page).count()).toBe(1);
  await page.getByRole('link', { name: 'Waiting', exact: true }).click();
  await waiting(page).filter({ hasText: '!4' }).waitFor();
  await expect.poll(() => waiting(page).count()).toBe(1);
  await search.fill('nothing like it');
  await page.getByRole('heading', { name: 'No change that waits fits' }).waitFor();
  await search.fill('delivery');
  await waiting(page).filter({ hasText: '!4' }).waitFor();
  await page.getByRole('link', { name: 'All', exact: true }).click();
  await expect.poll(() => changes(page).count()).toBe(1);
  await expect.poll(() => search.inputValue()).toBe('delivery');
  await page.close();
});

test('what waits for the next environment is told from what waits for approval', async () => {
  const page = await openPage(context, '/changes?view=waiting');
  await page.getByRole('heading', { name: 'In one environment and not in the next, oldest first 2' }).waitFor();
  await page.getByRole('link', { name: 'Deployments that wait for approval' }).click();
  await page.waitForURL(`${server.url}/?status=waiting`);
  await page.close();
});
