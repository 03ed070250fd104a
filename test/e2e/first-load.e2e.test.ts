import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { startTestServer } from '../support/server.ts';
import { signedInContext, slotCell } from './signed-in-page.ts';

test('the matrix needs at most 200 kB of script, gzipped, and each page is a chunk of its own', async () => {
  await using server = await startTestServer();
  await using browser = await launchBrowser();
  await server.client.record(report({ service: 'checkout' }));
  const context = await signedInContext(browser, server);
  const page = await context.newPage();
  const scripts = new Map<string, Promise<Buffer>>();
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js')) scripts.set(response.url(), response.body());
  });
  await page.goto('/');
  await slotCell(page, 'checkout in production').waitFor();
  const sizes = await Promise.all([...scripts.values()].map(async (body) => gzipSync(await body).length));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(200_000);
  expect(
    [...scripts.keys()].filter((url) =>
      /activity-page|changes-page|change-page|deployment-changes|inbox-page|hooks-page|repository-page|delivery-drawer|approval-section|sign-in-page|slot-drawer|search-palette/.test(
        url,
      ),
    ),
  ).toEqual([]);
});
