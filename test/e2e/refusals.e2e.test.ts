import type { Browser, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { join, person } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { askToDeploy, protectProduction, team } from './protected-lane.ts';
import { contextOf, openPage, signedInContext } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const live = (page: Page) => page.getByRole('status', { name: 'Live updates: live' }).waitFor();

/** Counts what a page asks for, by path. */
function countRequests(page: Page): (path: string) => number {
  const paths: string[] = [];
  page.on('request', (request) => paths.push(new URL(request.url()).pathname));
  return (path) => paths.filter((each) => each === path).length;
}

/** Tells whether the inbox, the last to do so, has asked anew since the live stream began, and was answered. */
function watchInbox(page: Page): () => boolean {
  let asked = 0;
  let ended = 0;
  const isOfInbox = (request: Request) => new URL(request.url()).pathname === '/api/approvals';
  const end = (request: Request) => {
    if (isOfInbox(request)) ended += 1;
  };
  page.on('request', (request) => {
    if (isOfInbox(request)) asked += 1;
  });
  page.on('requestfinished', end);
  page.on('requestfailed', end);
  return () => asked > 1 && ended === asked;
}

/** Goes elsewhere as a link of the page does, without loading it anew. */
async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => history.pushState({}, '', to), path);
}

describe('what the server refuses', () => {
  test.each([
    ['a deployment that is not there', '/deployments/14000', '/api/deployments/by-number/14000'],
    ['a change that is not there', '/changes/nobody/3', '/api/changes/3'],
    ['a project that is not there', '/projects/nobody', '/api/project'],
  ])('%s is asked for once, and once more when the live stream begins', async (_, path, asked) => {
    const context = await signedInContext(browser, server);
    const page = await context.newPage();
    const count = countRequests(page);
    await page.goto(path);
    await page.getByRole('heading', { name: /^There is no such/ }).waitFor();
    await live(page);
    // The inbox is the last to catch up once the stream begins.
    await expect.poll(() => count('/api/approvals')).toBeGreaterThan(1);
    expect(count(asked)).toBeLessThanOrEqual(2);
    await context.close();
  });

  test('a deployment that comes to be before the live stream begins is shown', async () => {
    const next = (await server.client.record(report({ service: 'third' }))).deployment_number + 1;
    const context = await signedInContext(browser, server);
    // What a shared worker asks for cannot be held back.
    await context.addInitScript(() => Reflect.deleteProperty(window, 'SharedWorker'));
    const page = await context.newPage();
    let letGo = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.route('**/api/events/stream*', async (route) => {
      await gate;
      await route.continue();
    });
    await page.goto(`/deployments/${next}`);
    await page.getByRole('heading', { name: 'There is no such deployment here' }).waitFor();
    await server.client.record(report({ service: 'fourth' }));
    letGo();
    await page.getByRole('heading', { level: 1, name: /^fourth/ }).waitFor();
    await context.close();
  });

  test('what the reader may not have is not asked for by the clock', async () => {
    await server.client.record(report({ namespace: 'acme', service: 'hooked' }));
    const developer = await person(server, 'dan.develops');
    await join(server, 'project', 'acme/hooked', developer, 'developer');
    const context = await contextOf(browser, server, developer);
    const page = await context.newPage();
    await page.clock.install();
    const count = countRequests(page);
    await page.goto('/projects/acme%2Fhooked/settings/hooks');
    await page.getByRole('heading', { name: 'Only maintainers of the project see the webhooks' }).waitFor();
    await live(page);
    const before = count('/api/approvals');
    await page.clock.fastForward('01:01');
    // The inbox is asked for each minute.
    await expect.poll(() => count('/api/approvals')).toBeGreaterThan(before);
    expect(count('/api/hooks')).toBe(1);
    await context.close();
  });

  test('a deployment that comes to be while somebody looks for it is shown', async () => {
    const next = (await server.client.record(report({ service: 'first' }))).deployment_number + 1;
    const context = await signedInContext(browser, server);
    const page = await openPage(context, `/deployments/${next}`);
    await page.getByRole('heading', { name: 'There is no such deployment here' }).waitFor();
    await live(page);
    await server.client.record(report({ service: 'second' }));
    await page.getByRole('heading', { level: 1, name: /^second/ }).waitFor();
    await context.close();
  });

  test('of a session that ended is asked for once where reading is open', async () => {
    await using open = await startTestServer({ publicRead: true });
    const context = await signedInContext(browser, open);
    const page = await openPage(context, '/');
    await live(page);
    await context.clearCookies();
    const count = countRequests(page);
    await follow(page, '/settings/tokens');
    await page.getByText('Sign in to see the tokens.').waitFor();
    await page.getByRole('link', { name: 'Matrix' }).click();
    await page.getByRole('heading', { level: 1, name: 'Matrix' }).waitFor({ state: 'attached' });
    expect(count('/api/tokens')).toBe(1);
    await context.close();
  });

  test.each(['/deployments/14000', '/changes/nobody/3', '/projects/nobody', '/inbox', '/settings/tokens', '/activity'])(
    'at %s is said in words for people when the session ended',
    async (path) => {
      const context = await signedInContext(browser, server);
      const page = await context.newPage();
      await page.clock.install();
      const hasCaughtUp = watchInbox(page);
      await page.goto('/settings');
      await live(page);
      await expect.poll(hasCaughtUp).toBe(true);
      // The count beside the inbox asks what the inbox asks, which takes its answer for half a minute.
      await page.clock.fastForward('00:31');
      await context.clearCookies();
      await follow(page, path);
      await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
      const main = page.locator('main');
      await main
        .getByText(/(S|s)ign in/)
        .first()
        .waitFor();
      await expect.poll(() => main.innerText()).not.toMatch(/token, for example|X-Api-Key/);
      await context.close();
    },
  );

  test('a decision after the session ended is said to have changed nothing, and is made with the next press', async () => {
    const { deployer, approver } = await team(server);
    const lane = { namespace: 'acme', service: 'decided' };
    await protectProduction(server, lane, [{ user_id: approver.id }]);
    const number = await askToDeploy(server, deployer, lane, '2.0.0');
    const context = await signedInContext(browser, { url: server.url, adminToken: approver.token });
    const page = await openPage(context, '/inbox');
    const item = page.getByRole('article', { name: 'acme/decided to production' });
    await item.getByRole('button', { name: 'Approve' }).click();
    const question = page.getByRole('dialog');
    await page.getByLabel('Comment').fill('Looks good.');
    await context.clearCookies();
    await question.getByRole('button', { name: 'Approve' }).click();
    const over = page.getByRole('dialog', { name: 'Your session has ended' });
    await over.getByRole('tab', { name: 'Token' }).click();
    await over.getByLabel('Token', { exact: true }).fill(approver.token);
    await over.getByRole('button', { name: 'Sign in' }).click();
    await over.waitFor({ state: 'detached' });
    await question.getByText('Your session had ended, so nothing was changed.').waitFor();
    await expect.poll(() => page.getByLabel('Comment').inputValue()).toBe('Looks good.');
    await question.getByRole('button', { name: 'Approve' }).click();
    await question.waitFor({ state: 'detached' });
    const { decisions } = await server.client.approvals(number);
    expect(decisions.map(({ comment }) => comment)).toEqual(['Looks good.']);
    await context.close();
  });
});
