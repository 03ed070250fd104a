import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startProxy } from '../support/cuttable-proxy.ts';
import { report } from '../support/factories.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { holdBack } from './page-controls.ts';
import { openPage, signedInContext, slotCell } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('the matrix is live', () => {
  test('an event appears in every open tab at once, without reloading', async () => {
    await server.client.record(report({ service: 'ledger', version: '1.0.0' }));
    const context = await signedInContext(browser, server);
    const tabs = [await openPage(context, '/'), await openPage(context, '/')];
    for (const tab of tabs) {
      await slotCell(tab, 'ledger in production: 1.0.0, success').waitFor();
      await tab.getByRole('status', { name: 'Live updates: live' }).waitFor();
      await tab.evaluate(() => Object.assign(window, { sameDocument: true }));
    }
    await server.client.record(report({ service: 'ledger', version: '1.1.0', status: 'in-progress' }));
    await Promise.all(tabs.map((tab) => slotCell(tab, 'ledger in production: 1.1.0, in-progress').waitFor()));
    for (const tab of tabs) {
      await expect.poll(() => slotCell(tab, 'ledger in production').innerText()).toContain('1.0.0');
      await expect.poll(() => tab.evaluate(() => 'sameDocument' in window)).toBe(true);
    }
    await context.close();
  });

  test('the tabs of one browser share one stream', async () => {
    const context = await signedInContext(browser, server);
    const streams = async () => {
      const metrics = await (await fetch(`${server.url}/metrics`)).text();
      return Number(/^shiplog_stream_clients\S* (\d+)/m.exec(metrics)?.[1]);
    };
    await expect.poll(streams).toBe(0);
    for (let tab = 0; tab < 3; tab++) {
      const page = await openPage(context, '/');
      await page.getByRole('status', { name: 'Live updates: live' }).waitFor();
    }
    expect(await streams()).toBe(1);
    await context.close();
    await expect.poll(streams).toBe(0);
  });

  test('a browser without shared workers shares by a leading tab, and another one takes over', async () => {
    await server.client.record(report({ service: 'router', version: '1.0.0' }));
    const context = await signedInContext(browser, server);
    await context.addInitScript(() => Reflect.deleteProperty(window, 'SharedWorker'));
    const leader = await openPage(context, '/');
    await leader.getByRole('status', { name: 'Live updates: live' }).waitFor();
    const follower = await openPage(context, '/');
    await follower.getByRole('status', { name: 'Live updates: live' }).waitFor();
    await server.client.record(report({ service: 'router', version: '1.1.0' }));
    await slotCell(follower, 'router in production: 1.1.0, success').waitFor();
    // What comes between the end of one stream and the beginning of the next is caught up with.
    const letGo = await holdBack(follower, '/api/events/stream', () => true);
    await leader.close();
    await follower.getByRole('status', { name: 'Live updates: connecting' }).waitFor();
    await server.client.record(report({ service: 'router', version: '1.2.0' }));
    letGo();
    await slotCell(follower, 'router in production: 1.2.0, success').waitFor();
    await follower.getByRole('status', { name: 'Live updates: live' }).waitFor();
    await server.client.record(report({ service: 'router', version: '1.3.0' }));
    await slotCell(follower, 'router in production: 1.3.0, success').waitFor();
    await context.close();
  });

  test('a server that goes away is told of, what is shown stays, and what was missed comes in', async () => {
    await server.client.record(report({ service: 'scheduler', version: '2.0.0' }));
    await using proxy = await startProxy(`${server.url}/`);
    const near = { url: proxy.url.replace(/\/$/, ''), adminToken: server.adminToken };
    const context = await signedInContext(browser, near);
    const page = await openPage(context, '/');
    await slotCell(page, 'scheduler in production: 2.0.0').waitFor();
    await page.getByRole('status', { name: 'Live updates: live' }).waitFor();

    await proxy.cut();
    await page.getByRole('status', { name: 'Live updates: reconnecting' }).waitFor();
    await expect.poll(() => slotCell(page, 'scheduler in production: 2.0.0').isVisible()).toBe(true);

    await server.client.record(report({ service: 'scheduler', version: '2.1.0' }));
    await proxy.mend();
    await page.getByRole('status', { name: 'Live updates: live' }).waitFor();
    await slotCell(page, 'scheduler in production: 2.1.0').waitFor();
    await context.close();
  });
});

describe('a page that is left open', () => {
  test('shows after a frozen night what came meanwhile, without loading anew', async () => {
    await server.client.record(report({ service: 'sleeper', version: '1.0.0' }));
    const context = await signedInContext(browser, server);
    const page = await openPage(context, '/');
    await slotCell(page, 'sleeper in production: 1.0.0').waitFor();
    await page.getByRole('status', { name: 'Live updates: live' }).waitFor();
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    const devtools = await context.newCDPSession(page);
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    await server.client.record(report({ service: 'sleeper', version: '1.1.0' }));
    await devtools.send('Page.setWebLifecycleState', { state: 'active' });
    await slotCell(page, 'sleeper in production: 1.1.0').waitFor();
    await expect.poll(() => page.evaluate(() => 'sameDocument' in window)).toBe(true);
    await context.close();
  });

  test('shows another log, and nothing of the one before, when the server is restored from a backup', async () => {
    const settings = { publicRead: true, adminToken: 'the-same-after-a-restore' } as const;
    const before = await startTestServer(settings);
    const { url } = before;
    for (let lost = 0; lost < 5; lost++)
      await before.client.record(report({ service: 'lost', version: `9.${lost}.0` }));
    const context = await browser.newContext({ baseURL: url });
    const [matrix, activity] = [await openPage(context, '/'), await openPage(context, '/activity')];
    await slotCell(matrix, 'lost in production: 9.4.0').waitFor();
    await activity.getByRole('article').getByText('9.4.0').first().waitFor();
    for (const page of [matrix, activity]) {
      await page.getByRole('status', { name: 'Live updates: live' }).waitFor();
      await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    }
    await before.stop();
    await using after = await startTestServer({ ...settings, port: Number(new URL(url).port) });
    await after.client.record(report({ service: 'kept', version: '3.0.0' }));
    await slotCell(matrix, 'kept in production: 3.0.0').waitFor();
    await activity.getByRole('article').getByText('3.0.0').first().waitFor();
    await expect.poll(() => slotCell(matrix, 'lost in production').count()).toBe(0);
    await expect.poll(() => activity.getByText('9.4.0').count()).toBe(0);
    for (const page of [matrix, activity])
      await expect.poll(() => page.evaluate(() => 'sameDocument' in window)).toBe(true);
    await context.close();
  });

  test.each(['/', '/activity'])('%s keeps its size through thousands of events', async (path) => {
    const context = await signedInContext(browser, server);
    const page = await openPage(context, path);
    await page.getByRole('status', { name: 'Live updates: live' }).waitFor();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Performance.enable');
    const sizes = async () => {
      await devtools.send('HeapProfiler.collectGarbage');
      const { metrics } = await devtools.send('Performance.getMetrics');
      const size = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
      return { listeners: size('JSEventListeners'), nodes: size('Nodes'), heapMb: size('JSHeapUsedSize') / 1e6 };
    };
    const play = async (round: number) => {
      for (let batch = 0; batch < 8; batch++) {
        const reports = Array.from({ length: 250 }, (_, index) =>
          report({ service: `busy-${index % 25}`, version: `${round}.${batch}.${index}` }),
        );
        await server.client.recordBatch(reports);
      }
      await page
        .getByText(new RegExp(`^${round}\\.7\\.2[234]\\d$`))
        .first()
        .waitFor();
    };
    await play(1);
    const first = await sizes();
    await play(2);
    // Once what the last events asked for is done and let go of.
    await expect
      .poll(async () => {
        const second = await sizes();
        return [
          second.listeners <= first.listeners * 1.1 + 50,
          second.nodes <= first.nodes * 1.2 + 500,
          second.heapMb - first.heapMb < 8,
        ];
      })
      .toEqual([true, true, true]);
    await context.close();
  });
});

describe('every page about deployments is live', () => {
  test('the drawer, the activity, the project and the deployment itself', async () => {
    const told = { namespace: 'acme', service: 'everywhere', version: '5.0.0', deployment_id: 'everywhere-5' };
    const { deployment_number } = await server.client.record(report({ ...told, status: 'in-progress' }));
    const context = await signedInContext(browser, server);
    const pages = await Promise.all(
      [
        '/?slot=acme/everywhere@production',
        '/activity?q=everywhere',
        '/projects/acme%2Feverywhere',
        '/projects/acme%2Feverywhere/deployments',
        `/deployments/${deployment_number}`,
      ].map((path) => openPage(context, path)),
    );
    for (const page of pages) {
      await page.getByText('In progress').first().waitFor();
      await page.getByRole('status', { name: 'Live updates: live', includeHidden: true }).waitFor();
      await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    }
    await server.client.record(report({ ...told, status: 'failure' }));
    for (const page of pages) {
      await page.getByText('Failed', { exact: true }).first().waitFor();
      await expect.poll(() => page.evaluate(() => 'sameDocument' in window)).toBe(true);
    }
    await context.close();
  });
});
