import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RetentionList } from '../../src/contract/retention.ts';
import { ask } from '../support/ask.ts';
import { launchBrowser } from '../support/browser.ts';
import { deliveryScene } from '../support/delivery-scene.ts';
import { person } from '../support/people.ts';
import { focusedName, openPage, signedInContext } from './signed-in-page.ts';

type Stage = Awaited<ReturnType<typeof deliveryScene>>;

let browser: Browser;
let stage: Stage;
let context: BrowserContext;

beforeAll(async () => {
  [browser, stage] = await Promise.all([launchBrowser(), deliveryScene({})]);
  // Sessions are as old as the browser's clock says.
  stage.clock.now = Date.now();
  await stage.deployed();
  await stage.run();
  context = await signedInContext(browser, stage.server);
});
afterAll(async () => {
  await browser?.close();
  await stage?.[Symbol.asyncDispose]();
});

const daysOf = async (kind: string) => {
  const { body } = await ask<RetentionList>(stage.server, 'GET /api/retention');
  return body.items.find((item) => item.kind === kind)?.days;
};

test('an administrator reads what is kept, and keeps deliveries longer', async () => {
  const page = await openPage(context, '/settings/retention');
  await expect
    .poll(() => page.getByRole('row', { name: /Deployments and their events/ }).textContent())
    .toMatch(/For ever.*the first was recorded (?!.*cannot be changed)/);
  stage.clock.now = Date.now();
  const row = page.getByRole('row', { name: /Deliveries to webhooks/ });
  const save = page.getByRole('button', { name: 'Save' });
  await expect.poll(() => save.isDisabled()).toBe(true);
  await page.getByLabel('Days: Deliveries to webhooks').fill('90');
  await save.click();
  await page.getByText('How long things are kept is saved.').waitFor();
  await expect.poll(() => row.textContent()).toMatch(/just now by/);
  expect(await daysOf('webhook_deliveries')).toBe(90);
  await expect.poll(() => save.isDisabled()).toBe(true);
  await page.close();
});

test('what would be deleted is asked for first, and the question can be left by the keyboard', async () => {
  const page = await openPage(context, '/settings/retention');
  await page.getByLabel('Days: Deliveries to webhooks').fill('8');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText('Deliveries to webhooks older than 8 days').waitFor();
  await expect.poll(() => focusedName(page)).toBe('Cancel');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expect.poll(() => focusedName(page)).toBe('Days: Deliveries to webhooks');
  await expect.poll(() => page.getByLabel('Days: Deliveries to webhooks').inputValue()).toBe('8');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Delete and save' }).click();
  await expect.poll(() => daysOf('webhook_deliveries')).toBe(8);
  await page.close();
});

test('a number that cannot be is told beside its field, and not sent', async () => {
  const page = await openPage(context, '/settings/retention');
  const field = page.getByLabel('Days: Deliveries to webhooks');
  await field.fill('3');
  await page.getByText('From 7 to 3650 days.').waitFor();
  await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
  await expect.poll(() => page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  await field.fill('');
  await page.getByText('From 7 to 3650 days.').waitFor();
  await page.close();
});

test('who is no administrator finds no way there, and reads why', async () => {
  const { token } = await person(stage.server, 'dana.deploys');
  const own = await signedInContext(browser, { url: stage.server.url, adminToken: token });
  const page = await openPage(own, '/settings/retention');
  await page.getByRole('heading', { name: 'Only administrators see the retention' }).waitFor();
  await expect.poll(() => page.getByRole('link', { name: 'Retention' }).count()).toBe(0);
  await expect.poll(() => page.getByRole('link', { name: 'Tokens' }).count()).toBe(1);
  await own.close();
});
