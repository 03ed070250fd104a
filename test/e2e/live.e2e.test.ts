import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startProxy } from '../support/cuttable-proxy.ts';
import { report } from '../support/factories.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
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

const withinASecond = { timeout: 1000 };

describe('the matrix is live', () => {
  test('an event appears in every open tab within a second, without reloading', async () => {
    await server.client.record(report({ service: 'ledger', version: '1.0.0' }));
    const context = await signedInContext(browser, server);
    const tabs = [await openPage(context, '/'), await openPage(context, '/')];
    for (const tab of tabs) {
      await slotCell(tab, 'ledger in production: 1.0.0, success').waitFor();
      await tab.getByRole('status', { name: 'Live updates: live' }).waitFor();
      await tab.evaluate(() => Object.assign(window, { sameDocument: true }));
    }
    await server.client.record(report({ service: 'ledger', version: '1.1.0', status: 'in-progress' }));
    await Promise.all(
      tabs.map((tab) => slotCell(tab, 'ledger in production: 1.1.0, in-progress').waitFor(withinASecond)),
    );
    for (const tab of tabs) {
      expect(await slotCell(tab, 'ledger in production').innerText()).toContain('1.0.0');
      expect(await tab.evaluate(() => 'sameDocument' in window)).toBe(true);
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
    await slotCell(follower, 'router in production: 1.1.0, success').waitFor(withinASecond);
    await leader.close();
    await follower.getByRole('status', { name: 'Live updates: live' }).waitFor();
    await server.client.record(report({ service: 'router', version: '1.2.0' }));
    await slotCell(follower, 'router in production: 1.2.0, success').waitFor();
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
    expect(await slotCell(page, 'scheduler in production: 2.0.0').isVisible()).toBe(true);

    await server.client.record(report({ service: 'scheduler', version: '2.1.0' }));
    await proxy.mend();
    await page.getByRole('status', { name: 'Live updates: live' }).waitFor();
    await slotCell(page, 'scheduler in production: 2.1.0').waitFor();
    await context.close();
  });
});
