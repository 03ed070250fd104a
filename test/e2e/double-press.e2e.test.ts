import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GatedWorld, startGatedWorld } from './gated-project.ts';
import { openPage } from './signed-in-page.ts';

let world: GatedWorld;
beforeAll(async () => {
  world = await startGatedWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

interface Form {
  readonly page: string;
  /** The button that opens the form. */
  readonly open: string | RegExp;
  readonly fill?: (page: Page) => Promise<void>;
  readonly send: string;
}

const named = (label: string, text: string) => (page: Page) =>
  page.getByRole('dialog').getByLabel(label, { exact: true }).fill(text);

const forms: readonly Form[] = [
  { page: 'freezes', open: 'New freeze period', send: 'Create the freeze period' },
  {
    page: 'hooks',
    open: /^(Create a|New) webhook$/,
    fill: named('URL', 'https://one.example/hook'),
    send: 'Create the webhook',
  },
  { page: 'incoming', open: 'Set up GitHub', send: 'Make the secret' },
  { page: 'tokens', open: 'New token', fill: named('Name', 'pipeline'), send: 'Create the token' },
];

/** Presses twice before the page can show that it has heard the first. */
async function pressTwice(page: Page, word: string): Promise<void> {
  const button = page.getByRole('dialog').getByRole('button', { name: word, exact: true });
  await button.evaluate((element) => {
    if (element instanceof HTMLElement) {
      element.click();
      element.click();
    }
  });
}

/** Counts the changes that a page asks for. */
function countChanges(page: Page): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (request.method() !== 'GET') count += 1;
  });
  return () => count;
}

test.each(forms)(
  'a form of $page that is sent twice at once makes one thing',
  async ({ page: at, open, fill, send }) => {
    const context = await world.browserOf(world.people.maintainer);
    const page = await openPage(context, `/projects/${encodeURIComponent(await world.project())}/settings/${at}`);
    await page.getByRole('button', { name: open }).first().click();
    await fill?.(page);
    const changes = countChanges(page);
    await pressTwice(page, send);
    await page.getByRole('button', { name: send, exact: true }).waitFor({ state: 'detached' });
    expect(changes()).toBe(1);
    await context.close();
  },
);

test('a token that is asked for twice, a minute apart, is made once', async () => {
  const context = await world.browserOf(world.people.maintainer);
  const page = await openPage(context, `/projects/${encodeURIComponent(await world.project())}/settings/tokens`);
  await page.getByRole('button', { name: 'New token' }).first().click();
  await named('Name', 'pipeline')(page);
  const changes = countChanges(page);
  const send = page.getByRole('dialog').getByRole('button', { name: 'Create the token', exact: true });
  await send.evaluate((element) => {
    const later = Date.now() + 60_000;
    if (!(element instanceof HTMLElement)) return;
    element.click();
    Date.now = () => later;
    element.click();
  });
  await send.waitFor({ state: 'detached' });
  expect(changes()).toBe(1);
  await context.close();
});

test('an environment that is made by a double press is made once, and no refusal is shown', async () => {
  const context = await world.browserOf(world.people.maintainer);
  const page = await openPage(context, `/projects/${encodeURIComponent(await world.project())}/environments`);
  await page.getByRole('button', { name: 'New environment' }).click();
  await named('Name', 'preview')(page);
  const changes = countChanges(page);
  await pressTwice(page, 'Create the environment');
  await page.getByText('preview is saved.').waitFor();
  expect(changes()).toBe(1);
  await context.close();
});

test('a group and a user that are made by a double press are made once', async () => {
  const context = await world.browserOf({ token: world.server.adminToken });
  const page = await openPage(context, '/settings/groups');
  const changes = countChanges(page);
  await page.getByRole('button', { name: 'New group' }).first().click();
  await named('Name', 'Payments')(page);
  await pressTwice(page, 'Create the group');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(changes()).toBe(1);
  await page.goto('/settings/users');
  await page.getByRole('button', { name: 'New user' }).first().click();
  await named('User name', 'paula')(page);
  await page.getByRole('dialog').getByLabel('Full name').fill('Paula Pays');
  await page.getByRole('dialog').getByLabel('Email address').fill('paula@shop.example');
  await pressTwice(page, 'Create the user');
  await page.getByRole('button', { name: 'Create the user', exact: true }).waitFor({ state: 'detached' });
  expect(changes()).toBe(2);
  await context.close();
});

test('a change that the server does not answer is not sent again by the page', async () => {
  const context = await world.browserOf(world.people.maintainer);
  const page = await openPage(context, `/projects/${encodeURIComponent(await world.project())}/settings/freezes`);
  await page.getByRole('button', { name: 'New freeze period' }).click();
  const changes = countChanges(page);
  let isLost = false;
  await page.route('**/api/freeze-periods?*', (route) => {
    if (route.request().method() === 'GET') return route.fallback();
    isLost = true;
    return route.abort('connectionreset');
  });
  // What is shown is fetched anew after that, which would be later than a second try.
  const anew = page.waitForRequest(
    (request) => isLost && new URL(request.url()).pathname === '/api/freeze-periods' && request.method() === 'GET',
  );
  await page.getByRole('dialog').getByRole('button', { name: 'Create the freeze period' }).click();
  await page.getByRole('alert').getByText('What you entered is still here.').waitFor();
  await anew;
  expect(changes()).toBe(1);
  await context.close();
});
