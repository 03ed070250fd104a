import type { Browser, BrowserContext, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { join, person, privateProject } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { contextOf, openPage, signedInContext, slotCell, telephone } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;
let context: BrowserContext;

const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
  const steps = ['queued', 'in-progress', 'success'] as const;
  await server.client.recordBatch([
    ...Array.from({ length: 240 }, (_, index) =>
      report({
        service: `service-${index % 12}`,
        environment: 'dev',
        version: `0.${index}.0`,
        happened_at: secondsAgo(9000 - index),
      }),
    ),
    report({
      deployment_id: 'run-6',
      service: 'checkout',
      environment: 'qa',
      version: '7.0.0',
      happened_at: secondsAgo(2000),
    }),
    ...steps.map((status, index) =>
      report({
        deployment_id: 'run-7',
        service: 'checkout',
        status,
        version: '7.0.0',
        sha: 'feedbeef0123',
        ref: 'main',
        run_number: 1404,
        run_url: 'https://ci.example/runs/1404',
        parent_deployments: ['run-6', 'run-of-another-pipeline-which-was-never-told-here'],
        happened_at: secondsAgo(300 - index * 60),
      }),
    ),
    report({
      service: 'checkout',
      environment: 'staging',
      status: 'failure',
      version: '7.1.0',
      happened_at: secondsAgo(100),
    }),
  ]);
  context = await signedInContext(browser, server);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('the activity', () => {
  test('says who started what came through another API by a token of theirs', async () => {
    await using own = await startTestServer();
    const mia = await person(own, 'mia', { name: 'Mia Maintains' });
    const { path } = await privateProject(own, 'acme/shop');
    await join(own, 'project', path, mia, 'developer');
    const body = { environment: 'production', sha: 'feedbeef', ref: 'main', tag: false, status: 'running' };
    await ask(own, `POST /api/v4/projects/${encodeURIComponent(path)}/deployments`, { token: mia.token, body });
    const reader = await contextOf(browser, own, mia);
    const page = await openPage(reader, '/activity');
    await page.getByRole('article').getByText('mia', { exact: true }).waitFor();
    await page.goto('/?mine=1');
    await slotCell(page, 'acme/shop in production').waitFor();
    await reader.close();
  });

  test('groups the events of a deployment, newest first, and shows each', async () => {
    const page = await openPage(context, '/activity');
    const articles = page.getByRole('article');
    await articles.first().waitFor();
    await expect.poll(() => articles.first().innerText()).toMatch(/checkout[\s\S]*staging[\s\S]*Failed[\s\S]*7\.1\.0/);
    const lane = await articles
      .first()
      .getByRole('button', { name: /checkout/ })
      .boundingBox();
    expect(lane?.width).toBeGreaterThan(100);
    const second = articles.nth(1);
    await expect.poll(() => second.innerText()).toMatch(/checkout[\s\S]*production[\s\S]*Success[\s\S]*3 events/);
    await second.getByRole('button', { name: 'Show its events' }).click();
    await expect
      .poll(() => second.getByRole('list', { name: 'Events' }).innerText())
      .toMatch(/Queued[\s\S]*In progress[\s\S]*Success/);
    await page.close();
  });

  test('searches on the server by sha, filters by status, and keeps both in the URL', async () => {
    const page = await openPage(context, '/activity');
    await page.getByRole('article').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('feedbeef');
    await expect.poll(() => page.getByRole('article').count()).toBe(1);
    await page.waitForURL(/q=feedbeef/);
    await page.reload();
    await page.getByRole('article').getByText('7.0.0').first().waitFor();
    await page.getByLabel('Search events').fill('checkout');
    await page.getByRole('button', { name: 'Status' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Failed' }).click();
    // What was typed comes to the URL a moment after; the list before had one article, too.
    await page.waitForURL(`${server.url}/activity?q=checkout&status=failure`);
    await page.getByRole('article').getByText('7.1.0').first().waitFor();
    await expect.poll(() => page.getByRole('article').count()).toBe(1);
    await page.getByRole('menuitemcheckbox', { name: 'Queued' }).click();
    await page.waitForURL(`${server.url}/activity?q=checkout&status=failure&status=queued`);
    await expect.poll(() => page.getByRole('article').count()).toBe(2);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Status Failed, Queued' }).waitFor();
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await expect.poll(() => page.getByRole('article').count()).toBeGreaterThan(2);
    await page.getByRole('button', { name: 'Environment' }).click();
    const find = page.getByRole('combobox', { name: 'Find environment' });
    await find.fill('stag');
    await page.getByRole('option', { name: 'staging' }).waitFor();
    await find.press('Enter');
    await expect.poll(() => page.getByRole('article').count()).toBe(1);
    expect(page.url()).toBe(`${server.url}/activity?environment=staging`);
    await page.close();
  });

  test.each(['status=in-progress', 'q=run-7+in-progress'])(
    'shows what is opened with all of its events, also where %s lists some only',
    async (filter) => {
      const page = await openPage(context, `/activity?${filter}`);
      const article = page.getByRole('article').filter({ hasText: '7.0.0' });
      await article.getByText('In progress').waitFor();
      // It has ended since.
      await expect.poll(() => article.getByText(/^\d+m \d+s$/).count()).toBe(0);
      await article.getByRole('button', { name: 'Show its events' }).click();
      const events = article.getByRole('list', { name: 'Events' });
      await expect.poll(() => events.innerText()).toMatch(/Queued[\s\S]*In progress[\s\S]*Success/);
      await article.getByText('3 events').waitFor();
      await article.getByText('2m', { exact: true }).waitFor();
      await article.getByRole('link', { name: '7.0.0 in qa, Success' }).waitFor();
      await page.setViewportSize(telephone);
      // Its line is cut at the end, not below.
      const hidden = (part: Locator) => part.evaluate((each) => each.scrollHeight - each.clientHeight);
      await expect.poll(() => hidden(article.getByText('Promoted from').locator('..'))).toBeLessThanOrEqual(0);
      await page.close();
    },
  );

  test('says what of an opened deployment could not be loaded, and shows the others', async () => {
    const page = await openPage(context, '/activity?q=7.0.0+success');
    let refused: string | undefined;
    await page.route('**/api/deployments/by-number/*', (route) => {
      refused ??= route.request().url();
      return route.request().url() === refused ? route.fulfill({ status: 500 }) : route.continue();
    });
    const lacks = (place: string) => page.getByRole('article', { name: place }).getByText(/^The others could not be/);
    const open = (place: string) =>
      page.getByRole('article', { name: place }).getByRole('button', { name: 'Show its events' }).click();
    await open('production');
    await lacks('production').waitFor();
    const answered = page.waitForResponse((answer) => /by-number\/\d+$/.test(answer.url()) && answer.ok());
    await open('qa');
    await answered;
    await lacks('production').waitFor();
    await expect.poll(() => lacks('qa').count()).toBe(0);
    await page.close();
  });

  test('shows ref, sha and run whole in a window half as wide', async () => {
    const page = await openPage(context, '/activity?q=feedbeef');
    await page.setViewportSize({ width: 720, height: 450 });
    const article = page.getByRole('article').filter({ hasText: '7.0.0' });
    for (const text of ['main', 'feedbee']) {
      const part = article.getByText(text, { exact: true });
      await expect.poll(() => part.evaluate((each) => each.scrollWidth <= each.clientWidth)).toBe(true);
    }
    await page.close();
  });

  test('is narrowed to a project by its whole name, and to the last hour by one press', async () => {
    await server.client.record(report({ namespace: 'acme', service: 'checkout', version: '8.0.0' }));
    const page = await openPage(context, '/activity');
    await page.getByRole('article').first().waitFor();
    await page.getByRole('button', { name: 'Project' }).click();
    await page.getByRole('option', { name: 'acme/checkout' }).click();
    await page.waitForURL(/namespace=acme&service=checkout$/);
    await expect.poll(() => page.getByRole('article').count()).toBe(1);
    await page.goto('/activity?environment=dev');
    await page.getByRole('article').first().waitFor();
    await page.getByRole('button', { name: 'Happened' }).click();
    await page.getByRole('button', { name: 'Last hour' }).click();
    await page.getByText('No event fits').waitFor();
    await page.getByRole('button', { name: 'Happened last hour' }).click();
    await page.getByRole('button', { name: 'Last 24 hours' }).click();
    await page.getByRole('article').first().waitFor();
    expect(page.url()).toBe(`${server.url}/activity?environment=dev&since=24h`);
    await page.close();
  });

  test('says on a new server how the first event comes', async () => {
    await using own = await startTestServer();
    const newcomer = await signedInContext(browser, own);
    const page = await openPage(newcomer, '/activity');
    await page.getByRole('heading', { name: 'Nothing has happened yet' }).waitFor();
    await expect.poll(() => page.locator('pre').innerText()).toContain(`curl -X POST ${own.url}/api/deployments`);
    await page.goto('/changes');
    await page.getByText('There is no project yet').waitFor();
    await page.getByRole('link', { name: 'Add a pipeline' }).click();
    await page.waitForURL('**/add');
    await newcomer.close();
  });

  test('goes on to the beginning of the log', async () => {
    const page = await openPage(context, '/activity?environment=dev');
    await page.getByRole('article').first().waitFor();
    const end = page.getByText('The log begins here.');
    await expect
      .poll(async () => {
        await page.getByRole('article').last().scrollIntoViewIfNeeded();
        return (await end.isVisible()) && (await page.getByText('0.0.0', { exact: true }).count()) > 0;
      })
      .toBe(true);
    await page.close();
  });

  test('puts live events on top, and holds still what is being read', async () => {
    const page = await openPage(context, '/activity');
    await page.getByRole('article').first().waitFor();
    await page.getByRole('status', { name: 'Live updates: live' }).waitFor();
    await server.client.record(report({ service: 'gateway', version: '9.0.0' }));
    await page.getByRole('article').first().getByText('9.0.0').first().waitFor();

    await page.getByRole('region', { name: 'Deployments, newest first' }).hover();
    await page.mouse.wheel(0, 1500);
    const reading = page.getByRole('article').filter({ has: page.getByText('0.220.0', { exact: true }) });
    await reading.waitFor();
    const place = async () => Math.round((await reading.boundingBox())?.y ?? -1);
    const scroller = page.locator('[data-scroll-restoration-id="page"]');
    // The wheel's motion has come to rest where it leads to.
    await expect.poll(() => scroller.evaluate(({ scrollTop }) => Math.round(scrollTop))).toBe(1500);
    const before = await place();
    await server.client.record(report({ service: 'gateway', version: '9.1.0' }));
    await page.getByRole('button', { name: '1 new' }).waitFor();
    await expect.poll(() => place()).toBe(before);
    await page.getByRole('button', { name: '1 new' }).click();
    await page.getByRole('article').first().getByText('9.1.0').first().waitFor();
    await page.close();
  });

  test('keeps to the days asked for, and leads to a deployment', async () => {
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
    const [from, until] = [day(-3), day(1)];
    const page = await openPage(context, `/activity?to=${from}`);
    await page.getByText('No event fits').waitFor();
    const happened = (span: string) => page.getByRole('button', { name: `Happened ${span}` });
    await happened(`until ${from}`).click();
    await page.getByLabel('Until').fill(until);
    await happened(`until ${until}`).waitFor();
    await page.getByLabel('From').fill(from);
    await happened(`${from} to ${until}`).waitFor();
    await page.getByRole('article').first().waitFor();
    expect(page.url()).toContain(`from=${from}`);
    await page.goto('/activity?q=feedbeef');
    await page.getByRole('button', { name: 'Show its events' }).click();
    await page.getByRole('link', { name: 'run-7' }).click();
    await page.waitForURL(/\/deployments\/\d+$/);
    await page.close();
  });

  test('opens the lane of a deployment', async () => {
    const page = await openPage(context, '/activity?q=feedbeef');
    await page
      .getByRole('article')
      .getByRole('button', { name: /checkout/ })
      .click();
    await page.getByRole('dialog', { name: 'checkout in production' }).waitFor();
    expect(page.url()).toContain('slot=checkout@production');
    await page.close();
  });
});
