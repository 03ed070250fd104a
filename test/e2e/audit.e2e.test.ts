import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PeopleClient } from '../../src/client/people-client.ts';
import { ProtectedEnvironmentsClient } from '../../src/client/protected-environments-client.ts';
import { launchBrowser } from '../support/browser.ts';
import { group, join, type Person, person, privateProject } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { contextOf, focusedName, openPage, signedInContext, telephone } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;
let people: Readonly<Record<'owner' | 'developer', Person>>;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
  people = {
    owner: await person(server, 'olga', { name: 'Olga Owns' }),
    developer: await person(server, 'dan', { name: 'Dan Develops' }),
  };
  await group(server, 'acme');
  await join(server, 'group', 'acme', people.owner, 'owner');
  await join(server, 'group', 'acme', people.developer, 'developer');
  await privateProject(server, 'acme/shop');
  const board = await group(server, 'board');
  await join(server, 'group', 'board', people.owner, 'guest');
  await new ProtectedEnvironmentsClient(server.clientOf(people.owner.token).requests).protect(
    { group: 'acme' },
    { name: 'production', deployers: [{ level: 40 }, { group_id: board.id }, { user_id: people.developer.id }] },
  );
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const asAdmin = async (path: string) => openPage(await signedInContext(browser, server), path);
const as = async (who: Person, path: string) => openPage(await contextOf(browser, server, who), path);
const rows = (page: Page) => page.getByRole('table', { name: /^What people did/ }).getByRole('row');
const entry = (page: Page, name: RegExp) => rows(page).filter({ hasText: name });

describe('the audit log of the server', () => {
  test('is found by an administrator in the settings, and says who did what where', async () => {
    const page = await asAdmin('/settings');
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Audit log' }).click();
    await page.getByRole('table', { name: 'What people did on this server' }).waitFor();
    await expect.poll(() => entry(page, /Protected production/).innerText()).toMatch(/acme[\s\S]*Olga Owns/);
    await expect.poll(() => entry(page, /Made the project acme\/shop/).innerText()).toContain('Administrator token');
    await expect.poll(() => entry(page, /Made the user dan/).innerText()).toMatch(/Server/);
    await page.context().close();
  });

  test('tells a repository that was connected from one that was changed', async () => {
    const owner = server.clientOf(people.owner.token);
    for (const name of ['shop', 'store'])
      await owner.setRepository('acme/shop', { url: `https://example.com/${name}.git` });
    const page = await asAdmin('/settings/audit');
    await expect.poll(() => entry(page, /Connected a repository/).innerText()).toContain('shop.git');
    await expect.poll(() => entry(page, /Changed which repository is read/).innerText()).toContain('store.git');
    await page.context().close();
  });

  test('is narrowed to what belongs to no project or group, by a link that shows the same to others', async () => {
    const page = await asAdmin('/settings/audit');
    await entry(page, /Protected production/).waitFor();
    await page.getByRole('button', { name: 'Place' }).click();
    await page.getByRole('option', { name: 'In no project or group' }).click();
    await expect.poll(() => entry(page, /Protected production/).count()).toBe(0);
    expect(new URL(page.url()).search).toBe('?of=server');
    await page.reload();
    await entry(page, /Made the user dan/).waitFor();
    await expect.poll(() => entry(page, /acme/).count()).toBe(0);
    await page.goBack();
    await entry(page, /Protected production/).waitFor();
    await page.context().close();
  });

  test('is narrowed by time, and says so where nothing was done then', async () => {
    const page = await asAdmin('/settings/audit');
    await entry(page, /Protected production/).waitFor();
    await page.getByRole('button', { name: 'Happened' }).click();
    await page.getByLabel('Until').fill('2020-01-01');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'No entry fits' }).waitFor();
    await page.getByRole('button', { name: 'Clear all filters' }).click();
    await entry(page, /Protected production/).waitFor();
    await page.getByRole('button', { name: 'Happened' }).click();
    await page.getByRole('button', { name: 'Last hour' }).click();
    await page.getByRole('button', { name: 'Happened last hour' }).waitFor();
    expect(new URL(page.url()).search).toBe('?since=1h');
    await entry(page, /Protected production/).waitFor();
    await page.context().close();
  });

  test('comes by pages, by the keyboard too', async () => {
    const admin = new PeopleClient(server.client.requests);
    for (let count = 0; count < 30; count += 1) {
      await admin.blockUser('dan');
      await admin.unblockUser('dan');
    }
    const page = await asAdmin('/settings/audit');
    await expect.poll(() => rows(page).count()).toBe(51);
    await page.getByRole('button', { name: 'Happened' }).focus();
    for (let presses = 0; presses < 200 && (await focusedName(page)) !== 'Show more'; presses += 1) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await entry(page, /Made the group acme/).waitFor();
    await expect.poll(() => rows(page).count()).toBeGreaterThan(60);
    await expect.poll(() => focusedName(page)).toBe('That is all.');
    await page.context().close();
  });

  test('goes on from what was loaded, also where the clock has gone on since', async () => {
    const page = await asAdmin('/settings/audit?since=24h');
    await expect.poll(() => rows(page).count()).toBe(51);
    await page.clock.setFixedTime(Date.now() + 90_000);
    await page.getByRole('button', { name: 'Show more' }).click();
    await entry(page, /Made the group acme/).waitFor();
    await expect.poll(() => rows(page).count()).toBeGreaterThan(60);
    await page.context().close();
  });

  test('is refused to everybody else, in words, and in no menu of theirs', async () => {
    const page = await as(people.owner, '/settings/audit');
    await page.getByRole('heading', { name: 'Only administrators see the audit log' }).waitFor();
    const links = page.getByRole('navigation', { name: 'Settings' }).getByRole('link');
    await expect.poll(() => links.filter({ hasText: 'Audit log' }).count()).toBe(0);
    await expect.poll(() => page.getByText('Made the user').count()).toBe(0);
    await page.context().close();
  });
});

describe('the audit log of a group', () => {
  const path = '/settings/groups/acme';

  test('tells its owner who changed what, and whom a protection lets in by name', async () => {
    const page = await as(people.owner, path);
    const made = entry(page, /Protected production/);
    await made.waitFor();
    await expect.poll(() => made.innerText()).toMatch(/maintainers, group board, user dan[\s\S]*Olga Owns/);
    await entry(page, /Added dan as developer/).waitFor();
    await expect.poll(() => page.getByRole('columnheader', { name: 'Where' }).count()).toBe(0);
    await page.context().close();
  });

  test('is not shown to its developers', async () => {
    const page = await as(people.developer, path);
    await page
      .getByRole('table', { name: /members/i })
      .first()
      .waitFor();
    await expect.poll(() => page.getByRole('heading', { name: 'Audit log' }).count()).toBe(0);
    await expect.poll(() => page.getByText('Protected production').count()).toBe(0);
    await page.context().close();
  });

  test('fits a telephone', async () => {
    const page = await openPage(await contextOf(browser, server, people.owner, { viewport: telephone }), path);
    await entry(page, /Protected production/).waitFor();
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
      .toBeLessThanOrEqual(0);
    await page.context().close();
  });
});
