import { readdirSync } from 'node:fs';
import { parse } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { startTestServer } from '../support/server.ts';
import { signedInContext, slotCell } from './signed-in-page.ts';

/** Of the pages and features, what comes with the matrix in chunks of their own; any other comes when it is opened. */
const withTheMatrix = ['matrix-page', 'slot-overlay'];

test('the matrix needs at most 200 kB of script, gzipped, and no other page comes with it', async () => {
  await using server = await startTestServer();
  await using browser = await launchBrowser();
  await server.client.record(report({ service: 'checkout' }));
  const context = await signedInContext(browser, server);
  // A page that is never idle: what is fetched ahead then is no part of the first load.
  await context.addInitScript(() => Reflect.set(window, 'requestIdleCallback', () => 0));
  const page = await context.newPage();
  const scripts = new Map<string, Promise<Buffer>>();
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js')) scripts.set(response.url(), response.body());
  });
  await page.goto('/');
  await slotCell(page, 'checkout in production').waitFor();
  const sizes = await Promise.all([...scripts.values()].map(async (body) => gzipSync(await body).length));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(200_000);
  const known = modulesOfPages();
  const loaded = [...scripts.keys()].map(moduleOf).filter((name) => name !== undefined && known.has(name));
  expect(loaded.toSorted()).toEqual(withTheMatrix);
});

test('what opens over the matrix is fetched once the page is idle', async () => {
  await using server = await startTestServer();
  await using browser = await launchBrowser();
  const context = await signedInContext(browser, server);
  const page = await context.newPage();
  const fetched = ['search-palette', 'slot-panel', 'session-ended'].map((name) =>
    page.waitForResponse((response) => moduleOf(response.url()) === name),
  );
  await page.goto('/');
  await Promise.all(fetched);
  await context.close();
});

/** A chunk is named after the module that it begins with: `/assets/inbox-page-CZVxEofY.js`. */
function moduleOf(url: string): string | undefined {
  return /\/assets\/(.+)-[\w-]{8}\.js$/.exec(url)?.[1];
}

function modulesOfPages(): ReadonlySet<string> {
  const files = ['app', 'features'].flatMap((folder) => {
    const url = new URL(`../../src/web/${folder}`, import.meta.url);
    return readdirSync(url, { recursive: true, encoding: 'utf8' });
  });
  return new Set(files.map((file) => parse(file).name));
}
