import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FreezePeriodsClient } from '../../src/client/freeze-periods-client.ts';
import { report } from '../support/factories.ts';
import { startTestServer } from '../support/server.ts';
import { type GatedWorld, settingsOf, startGatedWorld } from './gated-project.ts';
import { holdBack } from './page-controls.ts';
import { openPage, signedInContext } from './signed-in-page.ts';

let world: GatedWorld;
beforeAll(async () => {
  world = await startGatedWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

const generalOf = (path: string) => `/projects/${encodeURIComponent(path)}/settings`;
const incomingOf = (path: string) => `${generalOf(path)}/incoming`;

/** Makes a secret for GitHub, and returns the dialog that shows it. */
async function madeSecret(page: Page) {
  await page.getByRole('button', { name: 'Set up GitHub' }).click();
  await page.getByRole('button', { name: 'Make the secret' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set up GitHub' });
  const box = dialog.getByRole('region', { name: 'Secret' });
  return { dialog, copy: box.getByRole('button'), secret: await box.locator('code').innerText() };
}

/** A page as it is over plain http: the browser has no clipboard API there. */
async function plainPage(context: BrowserContext, path: string): Promise<Page> {
  await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'clipboard'));
  return openPage(context, path);
}

describe('a secret that is shown once', () => {
  test('is copied over plain http, too, where the browser has no clipboard API', async () => {
    const context = await world.browserOf(world.people.maintainer);
    const page = await plainPage(context, incomingOf(await world.project()));
    const { copy, secret } = await madeSecret(page);
    // It says so for a moment only.
    await page.clock.pauseAt(Date.now() + 60_000);
    await copy.click();
    await expect.poll(() => copy.innerText()).toBe('Copied');
    await page.clock.resume();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.goto(generalOf(await world.project()));
    await page.getByLabel('Name', { exact: true }).fill('');
    await page.keyboard.press('Control+V');
    await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe(secret);
    await context.close();
  });

  test('is not said to be copied where the browser refuses', async () => {
    const context = await world.browserOf(world.people.maintainer);
    const page = await plainPage(context, incomingOf(await world.project()));
    const { copy } = await madeSecret(page);
    await page.evaluate(() => Reflect.set(document, 'execCommand', () => false));
    await copy.click();
    await expect.poll(() => copy.innerText()).toBe('Not copied');
    await context.close();
  });

  test('outlives a click beside it, and Esc closes it only when pressed again', async () => {
    const context = await world.browserOf(world.people.maintainer);
    const page = await openPage(context, incomingOf(await world.project()));
    const { dialog } = await madeSecret(page);
    await page.mouse.click(5, 300);
    await dialog.getByText('Press Esc to close it all the same.').waitFor();
    await page.mouse.click(5, 300);
    await expect.poll(() => dialog.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await context.close();
  });
});

describe('a form in a dialog', () => {
  test('closes at once while nothing was entered, and else keeps it from a slip', async () => {
    const context = await world.browserOf(world.people.maintainer);
    const page = await openPage(context, settingsOf(await world.project(), 'freezes'));
    const open = page.getByRole('button', { name: 'New freeze period' });
    const form = page.getByRole('dialog');
    await open.click();
    await form.waitFor();
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
    await open.click();
    const end = form.getByRole('textbox', { name: 'Ends, as a cron line' });
    await end.fill('0 9 * * 1');
    await page.mouse.click(5, 300);
    await form.getByText('What you entered would be lost.').waitFor();
    await end.fill('0 10 * * 1');
    await form.getByText('What you entered would be lost.').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await form.getByText('What you entered would be lost.').waitFor();
    await expect.poll(() => end.inputValue()).toBe('0 10 * * 1');
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
    await context.close();
  });

  test('that is edited while it is sent is not sent twice', async () => {
    const path = await world.project();
    const context = await world.browserOf(world.people.maintainer);
    const page = await openPage(context, settingsOf(path, 'freezes'));
    const letGo = await holdBack(page, '/api/freeze-periods');
    await page.getByRole('button', { name: 'New freeze period' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('button', { name: 'Create the freeze period' }).click();
    const pending = form.getByRole('button', { name: 'One moment' });
    await pending.waitFor();
    await form.getByRole('textbox', { name: 'Ends, as a cron line' }).fill('0 9 * * 1');
    await expect.poll(() => pending.isDisabled()).toBe(true);
    await page.keyboard.press('Enter');
    letGo();
    await form.waitFor({ state: 'detached' });
    const { items } = await new FreezePeriodsClient(world.server.client.requests).list(path);
    expect(items).toHaveLength(1);
    await context.close();
  });
});

test('a form in a dialog is saved after signing in again over it, and nothing is said to be lost', async () => {
  const path = await world.project();
  const { maintainer } = world.people;
  const context = await world.browserOf(maintainer);
  const page = await openPage(context, settingsOf(path, 'freezes'));
  await page.getByRole('button', { name: 'New freeze period' }).click();
  const form = page.getByRole('dialog', { name: 'New freeze period' });
  await form.getByRole('textbox', { name: 'Ends, as a cron line' }).fill('0 9 * * 1');
  await context.clearCookies();
  await form.getByRole('button', { name: 'Create the freeze period' }).click();
  const over = page.getByRole('dialog', { name: 'Your session has ended' });
  await over.getByRole('tab', { name: 'Token' }).click();
  await over.getByLabel('Token', { exact: true }).fill(maintainer.token);
  await over.getByRole('button', { name: 'Sign in' }).click();
  await over.waitFor({ state: 'detached' });
  await form.getByText('Your session had ended, so nothing was changed.').waitFor();
  await expect.poll(() => form.getByText('What you entered would be lost.').count()).toBe(0);
  await form.getByRole('button', { name: 'Create the freeze period' }).click();
  await form.waitFor({ state: 'detached' });
  const { items } = await new FreezePeriodsClient(world.server.client.requests).list(path);
  expect(items).toMatchObject([{ freeze_end: '0 9 * * 1' }]);
  await context.close();
});

test('a form that is refused where reading is open lets the reader sign in over it, or go on reading', async () => {
  await using open = await startTestServer({ publicRead: true });
  await open.client.record(report({ namespace: 'acme', service: 'checkout' }));
  const context = await signedInContext(world.browser, open);
  const page = await openPage(context, settingsOf('acme/checkout', 'freezes'));
  await page.getByRole('button', { name: 'New freeze period' }).click();
  const form = page.getByRole('dialog', { name: 'New freeze period' });
  const send = form.getByRole('button', { name: 'Create the freeze period' });
  const end = form.getByRole('textbox', { name: 'Ends, as a cron line' });
  await end.fill('0 9 * * 1');
  await context.clearCookies();
  await send.click();
  const over = page.getByRole('dialog', { name: 'Your session has ended' });
  // It has the keys once what lies below is hidden from readers.
  await over.waitFor();
  await end.waitFor({ state: 'hidden' });
  await page.keyboard.press('Escape');
  await over.waitFor({ state: 'detached' });
  await send.click();
  await over.getByRole('tab', { name: 'Token' }).click();
  await over.getByLabel('Token', { exact: true }).fill(open.adminToken);
  await over.getByRole('button', { name: 'Sign in' }).click();
  await over.waitFor({ state: 'detached' });
  await send.click();
  await form.waitFor({ state: 'detached' });
  const { items } = await new FreezePeriodsClient(open.client.requests).list('acme/checkout');
  expect(items).toMatchObject([{ freeze_end: '0 9 * * 1' }]);
  await context.close();
});

test('what is said of a field follows what is typed there', async () => {
  const context = await world.browserOf(world.people.maintainer);
  const path = await world.project();
  const page = await openPage(context, `${generalOf(path)}/hooks`);
  await page.getByRole('button', { name: 'Create a webhook' }).click();
  const hook = page.getByRole('dialog');
  await hook.getByRole('button', { name: 'Create the webhook' }).click();
  await hook.getByText('This is needed.').waitFor();
  const url = hook.getByRole('textbox', { name: 'URL' });
  await url.fill('example.com/hook');
  await hook.getByText('Not a whole address: https://…').waitFor();
  await url.fill('https://example.com/hook');
  await expect.poll(() => url.getAttribute('aria-invalid')).toBe(null);

  await page.goto(`${generalOf(path)}/members`);
  await page.getByRole('button', { name: 'Add a member' }).click();
  const form = page.getByRole('dialog');
  const day = form.getByLabel('Ends on');
  await day.press('1');
  await form.getByRole('button', { name: 'Add' }).click();
  await expect.poll(() => day.getAttribute('aria-invalid')).toBe('true');
  await day.press('Backspace');
  await expect.poll(() => day.getAttribute('aria-invalid')).toBe(null);
  await context.close();
});

describe('a form in the page', () => {
  test('asks before it is left with what was entered', async () => {
    const context = await world.browserOf(world.people.maintainer);
    const page = await openPage(context, generalOf(await world.project()));
    const description = page.getByLabel('Description');
    const members = page.getByRole('link', { name: 'Members' });
    await description.fill('Takes the orders.');
    await members.click();
    const asked = page.getByRole('dialog', { name: 'Leave without saving?' });
    await asked.getByText('What you entered would be lost.').waitFor();
    await page.keyboard.press('Escape');
    await asked.waitFor({ state: 'detached' });
    await expect.poll(() => description.inputValue()).toBe('Takes the orders.');
    const reloading = page.waitForEvent('dialog');
    await page.evaluate(() => setTimeout(() => location.reload()));
    const browserAsks = await reloading;
    expect(browserAsks.type()).toBe('beforeunload');
    await browserAsks.dismiss();
    await members.click();
    await asked.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: /^Members of/, level: 1 }).waitFor();
    await page.goBack();
    await page.getByLabel('Description').fill('Takes the orders.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/^The settings of .* are saved\.$/).waitFor();
    await members.click();
    await page.getByRole('heading', { name: /^Members of/, level: 1 }).waitFor();
    await context.close();
  });

  test('that is saved while it asks asks no longer, and lets its reader go on', async () => {
    const context = await world.browserOf(world.people.maintainer);
    const page = await openPage(context, generalOf(await world.project()));
    const letGo = await holdBack(page, '/api/project');
    await page.getByLabel('Description').fill('Takes the orders.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'One moment' }).waitFor();
    await page.getByRole('link', { name: 'Members' }).click();
    const asked = page.getByRole('dialog', { name: 'Leave without saving?' });
    await asked.waitFor();
    letGo();
    await asked.waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: /^Members of/, level: 1 }).waitFor();
    await context.close();
  });

  test('stays with what is typed where reading is open and the session ends', async () => {
    await using open = await startTestServer({ publicRead: true });
    await open.client.record(report({ namespace: 'acme', service: 'checkout' }));
    const context = await signedInContext(world.browser, open);
    const page = await openPage(context, generalOf('acme/checkout'));
    const description = page.getByLabel('Description');
    await description.fill('Takes the orders.');
    await context.clearCookies();
    await page.getByRole('button', { name: 'Save' }).click();
    const over = page.getByRole('dialog', { name: 'Your session has ended' });
    await over.getByRole('tab', { name: 'Token' }).click();
    await over.getByLabel('Token', { exact: true }).fill(open.adminToken);
    await over.getByRole('button', { name: 'Sign in' }).click();
    await over.waitFor({ state: 'detached' });
    await expect.poll(() => description.inputValue()).toBe('Takes the orders.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/^The settings of .* are saved\.$/).waitFor();
    await context.close();
  });

  test('keeps what is typed while it is saved', async () => {
    const context = await world.browserOf(world.people.maintainer);
    const page = await openPage(context, generalOf(await world.project()));
    const letGo = await holdBack(page, '/api/project');
    await page.getByLabel('Name', { exact: true }).fill('Checkout of the shop');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'One moment' }).waitFor();
    await page.getByLabel('Description').fill('Takes the orders.');
    letGo();
    await page.getByText(/^The settings of .* are saved\.$/).waitFor();
    await expect.poll(() => page.getByLabel('Description').inputValue()).toBe('Takes the orders.');
    await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe('Checkout of the shop');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Save' }).waitFor({ state: 'visible' });
    await context.close();
  });

  test('keeps what was typed when the session ends, for when it is begun again', async () => {
    const context = await world.browserOf(world.people.maintainer);
    const page = await openPage(context, generalOf(await world.project()));
    const name = page.getByLabel('Name', { exact: true });
    await name.fill('Checkout of the shop');
    const cookies = await context.cookies();
    await context.clearCookies();
    await page.getByRole('button', { name: 'Save' }).click();
    const ended = page.getByRole('dialog', { name: 'Your session has ended' });
    await ended.waitFor();
    // It has the keys once what lies below is hidden from readers.
    await page.getByRole('textbox', { name: 'Description' }).waitFor({ state: 'hidden' });
    await context.addCookies(cookies);
    await page.keyboard.press('Escape');
    await ended.waitFor({ state: 'detached' });
    await expect.poll(() => name.inputValue()).toBe('Checkout of the shop');
    await context.close();
  });
});
