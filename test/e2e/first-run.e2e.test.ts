import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
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

test('an empty matrix leads to the first event: make a token, run the command as shown, see it appear', async () => {
  const context = await signedInContext(browser, server);
  const page = await openPage(context, '/');
  await page.getByRole('heading', { name: 'Report your first deployment' }).waitFor();
  const command = page.locator('pre');
  expect(await command.innerText()).toContain(`curl -X POST ${server.url}/api/deployments`);
  expect(await command.innerText()).toContain('$SHIPLOG_TOKEN');

  await page.getByRole('button', { name: 'Create a token' }).click();
  await expect.poll(() => command.innerText()).toMatch(/slg_\w+/);
  await page.getByRole('status', { name: 'Live updates: live' }).waitFor();
  await promisify(execFile)('bash', ['-c', await command.innerText()]);

  await slotCell(page, 'checkout in production: 1.0.0, success').waitFor();
  const { items } = await server.client.tokens();
  expect(items.find(({ name }) => name === 'first pipeline')?.scopes).toEqual(['record']);
});
