import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { focusedName, openPage, signedInContext, slotCell } from './signed-in-page.ts';

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
  const environments = Array.from({ length: 10 }, (_, index) => `env-${index}`);
  for (let batch = 0; batch < 20; batch++) {
    const services = Array.from(
      { length: 100 },
      (_, index) => `service-${String(batch * 100 + index).padStart(4, '0')}`,
    );
    await server.client.recordBatch(
      services.flatMap((service) =>
        environments.map((environment) => report({ service, environment, version: '1.0.0' })),
      ),
    );
  }
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test('of 2,000 services in 10 environments only what is in sight is drawn, and the last is a key away', async () => {
  const context = await signedInContext(browser, server);
  const page = await openPage(context, '/');
  await slotCell(page, 'service-0000 in env-0').waitFor();
  const drawn = () => page.getByRole('gridcell').count();
  expect(await drawn()).toBeLessThan(400);
  await expect.poll(() => page.getByRole('grid').getAttribute('aria-rowcount')).toBe('2001');

  await page.mouse.move(700, 500);
  await page.mouse.wheel(0, 40_000);
  await slotCell(page, 'service-08').first().waitFor();
  expect(await drawn()).toBeLessThan(400);

  await page.locator('[role=grid] [tabindex="0"]').first().focus();
  await page.keyboard.press('Control+End');
  await expect.poll(() => focusedName(page)).toMatch(/^service-1999 in env-9/);
  expect(await drawn()).toBeLessThan(400);
});
