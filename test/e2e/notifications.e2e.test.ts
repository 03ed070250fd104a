import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { askToDeploy, protectProduction, team } from './protected-lane.ts';
import { focusedName, openPage, signedInContext } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

type Permission = 'default' | 'granted' | 'denied';

/** A browser whose notifications are noted instead of shown, and where asking answers `afterAsking`. */
async function notedContext(
  permission: Permission,
  { token, afterAsking = permission }: { token?: string; afterAsking?: Permission } = {},
): Promise<BrowserContext> {
  const who = token === undefined ? server : { url: server.url, adminToken: token };
  const context = await signedInContext(browser, who);
  await context.addInitScript(
    ([now, after]) => {
      const noted: { title: string; body: string; tag: string; press: () => void }[] = [];
      class Noted {
        static permission = now;
        static asked = 0;
        static async requestPermission() {
          Noted.asked += 1;
          Noted.permission = after;
          return after;
        }
        onclick: (() => void) | undefined;
        constructor(title: string, { body, tag }: { body: string; tag: string }) {
          noted.push({ title, body, tag, press: () => this.onclick?.() });
        }
        close() {}
      }
      Object.assign(window, { Notification: Noted, noted });
    },
    [permission, afterAsking] as const,
  );
  return context;
}

interface NotedWindow {
  readonly noted: readonly { readonly title: string; readonly body: string; readonly press: () => void }[];
}

const titles = (page: Page) => page.evaluate(() => (window as unknown as NotedWindow).noted.map(({ title }) => title)); // set by notedContext
const titlesOf = async (pages: readonly Page[]) => (await Promise.all(pages.map(titles))).flat();

interface Rule {
  readonly occasions: readonly string[];
  readonly project?: string;
  readonly environment?: string;
}

/** A page that is live, in a browser with these rules. */
async function watching(context: BrowserContext, rules: readonly Rule[], path = '/'): Promise<Page> {
  const stored = rules.map((rule, id) => ({ project: '', environment: '', ...rule, id: String(id) }));
  await context.addInitScript((text) => localStorage.setItem('shiplog-notifications', text), JSON.stringify(stored));
  const page = await openPage(context, path);
  await page.getByRole('status', { name: 'Live updates: live' }).waitFor();
  await expect.poll(() => page.evaluate(async () => (await navigator.locks.query()).held?.length)).toBeGreaterThan(0);
  return page;
}

describe('the settings', () => {
  test('ask for the permission when the reader presses, not before, and send a test', async () => {
    const context = await notedContext('default', { afterAsking: 'granted' });
    const page = await openPage(context, '/settings/notifications');
    const allow = page.getByRole('button', { name: 'Allow notifications' });
    await allow.waitFor();
    await expect.poll(() => page.evaluate('Notification.asked')).toBe(0);
    await allow.click();
    await page.getByText('Allowed', { exact: true }).waitFor();
    await expect.poll(() => page.evaluate('Notification.asked')).toBe(1);
    await page.getByRole('button', { name: 'Send a test notification' }).click();
    await expect.poll(() => titles(page)).toEqual(['Shiplog can notify you']);
    await context.close();
  });

  test('say how to allow what is blocked, and where it is not possible', async () => {
    const context = await notedContext('denied');
    const page = await openPage(context, '/settings/notifications');
    await page.getByText('Blocked', { exact: true }).waitFor();
    await page.getByText('set Notifications to Allow').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Allow notifications' }).count()).toBe(0);
    await context.close();
    const bare = await signedInContext(browser, server);
    await bare.addInitScript(() => Reflect.deleteProperty(window, 'Notification'));
    const other = await openPage(bare, '/settings/notifications');
    await other.getByText('This browser has no notifications.').waitFor();
    await bare.close();
  });

  test('keep rules, made, changed and deleted by the keyboard alone', async () => {
    const context = await notedContext('granted');
    const page = await openPage(context, '/settings/notifications');
    await page.getByRole('button', { name: 'Failures in production' }).focus();
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog', { name: 'New rule' });
    await form.locator(':focus').waitFor();
    await form.getByLabel('Project').focus();
    await page.keyboard.type('acme/*');
    await page.keyboard.press('Enter');
    await form.waitFor({ state: 'hidden' });
    const table = page.getByRole('table', { name: 'Notification rules' });
    await expect.poll(() => table.innerText()).toMatch(/Failed\s+acme\/\*\s+production/);
    await page.reload();
    await table.waitFor();

    await page.getByRole('button', { name: 'Change the rule: Failed' }).focus();
    await page.keyboard.press('Enter');
    const change = page.getByRole('dialog', { name: 'Change the rule' });
    await change.locator(':focus').waitFor();
    await change.getByLabel('Failed').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await change.getByText('Choose at least one occasion.').waitFor();
    await change.getByLabel('Rejected').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await table.getByText('Rejected').waitFor();
    await expect.poll(() => focusedName(page)).toBe('Change the rule: Rejected');
    await page.getByRole('button', { name: 'Delete the rule: Rejected' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('You are told of nothing.').waitFor();
    await expect.poll(() => focusedName(page)).toBe('New rule');
    await context.close();
  });
});

describe('a notification', () => {
  test('tells of what a rule asks for and of nothing else, and leads to the deployment', async () => {
    const context = await notedContext('granted');
    const page = await watching(context, [{ occasions: ['failure'], project: 'acme/*', environment: 'prod*' }]);
    const told = { namespace: 'acme', service: 'checkout', version: '1.8.2', actor: 'mira' };
    await server.client.record(report({ ...told, environment: 'staging', status: 'failure' }));
    await server.client.record(report({ ...told, status: 'success' }));
    await server.client.record(report({ ...told, namespace: 'other', status: 'failure' }));
    const { deployment_number } = await server.client.record(report({ ...told, status: 'failure' }));
    await expect.poll(() => titles(page)).toEqual(['acme/checkout 1.8.2 failed in production']);
    await page.evaluate(() => (window as unknown as NotedWindow).noted[0]?.press()); // set by notedContext
    await page.waitForURL(`${server.url}/deployments/${deployment_number}`);
    await context.close();
  });

  test('comes once for all tabs, and goes on coming when the tab that told it closes', async () => {
    const context = await notedContext('granted');
    const rules = [{ occasions: ['success'], project: 'tabs' }];
    const pages = [await watching(context, rules), await watching(context, rules, '/activity')];
    await server.client.record(report({ service: 'tabs', version: '1' }));
    await server.client.record(report({ service: 'tabs', version: '2' }));
    await expect.poll(() => titlesOf(pages)).toEqual(['tabs 1 is in production', 'tabs 2 is in production']);
    await expect.poll(() => titles(pages[1] as Page)).toEqual([]); // there are two
    await pages[0]?.close();
    const rest = pages.slice(1);
    await expect
      .poll(async () => {
        await server.client.record(report({ service: 'tabs', version: '3' }));
        return titlesOf(rest);
      })
      .toContain('tabs 3 is in production');
    await context.close();
  });

  test('does not come for a repeat, nor for what happened long ago or is reported late', async () => {
    const context = await notedContext('granted');
    const page = await watching(context, [{ occasions: ['success', 'failure', 'in-progress'], project: 'late' }]);
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    const tell = (status: string, deployment_id: string, happened_at: string) =>
      server.client.record(report({ service: 'late', version: deployment_id, deployment_id, status, happened_at }));
    await tell('failure', 'old', minutesAgo(20));
    await tell('success', 'now', minutesAgo(1));
    await tell('success', 'now', minutesAgo(0));
    await tell('in-progress', 'now', minutesAgo(2));
    await tell('failure', 'last', minutesAgo(0));
    await expect.poll(() => titles(page)).toEqual(['late now is in production', 'late last failed in production']);
    await context.close();
  });

  test('does not come for what was told before the page was opened, and is told again', async () => {
    const failed = report({ service: 'again', version: '1', status: 'failure' });
    await server.client.record(failed);
    const context = await notedContext('granted');
    const page = await watching(context, [{ occasions: ['success', 'failure'], project: 'again' }]);
    await server.client.record({ ...failed, happened_at: new Date().toISOString() });
    await server.client.record(report({ service: 'again', version: '2' }));
    await expect.poll(() => titles(page)).toEqual(['again 2 is in production']);
    await context.close();
  });

  test('of an approval comes to whoever may approve, and to nobody else', async () => {
    const { deployer, approver } = await team(server);
    const lane = { namespace: 'acme', service: 'guarded' };
    await protectProduction(server, lane, [{ user_id: approver.id, required_approvals: 1 }]);
    const contexts = [
      await notedContext('granted', { token: approver.token }),
      await notedContext('granted', { token: deployer.token }),
    ];
    const rules = [{ occasions: ['approval'] }];
    const [mine, other] = [
      await watching(contexts[0] as BrowserContext, rules), // there are two
      await watching(contexts[1] as BrowserContext, [...rules, { occasions: ['success'] }]),
    ];
    await askToDeploy(server, deployer, lane, '4.0.0');
    await expect.poll(() => titles(mine)).toEqual(['acme/guarded 4.0.0 waits for your approval for production']);
    await server.client.record(report({ service: 'signal', version: '1' }));
    await expect.poll(() => titles(other)).toEqual(['signal 1 is in production']);
    for (const context of contexts) await context.close();
  });

  test('of a crowd comes for the first few, and then for the rest at once', async () => {
    const context = await notedContext('granted');
    const page = await watching(context, [{ occasions: ['success'], project: 'crowd' }]);
    await server.client.recordBatch(Array.from({ length: 40 }, () => report({ service: 'crowd' })));
    await expect.poll(async () => (await titles(page)).at(-1)).toBe('More deployments changed');
    await expect.poll(() => titles(page)).toHaveLength(6);
    await context.close();
  });
});

test('without a rule, the page loads nothing of it', async () => {
  const context = await notedContext('granted');
  const page = await context.newPage();
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  await page.goto('/');
  await page.getByRole('status', { name: 'Live updates: live' }).waitFor();
  expect(loaded.filter((url) => /notif(ication-watch|ier)/.test(url))).toEqual([]);
  await context.close();
});
