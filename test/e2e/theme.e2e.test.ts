import { expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startTestServer } from '../support/server.ts';
import { openPage, signedInContext } from './signed-in-page.ts';

test('the theme is chosen in the account menu, kept, and there before the first paint', async () => {
  await using server = await startTestServer();
  await using browser = await launchBrowser();
  const context = await signedInContext(browser, server, { colorScheme: 'light' });
  const page = await openPage(context, '/');
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByRole('button', { name: 'Account and appearance' }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  await page.route('**/assets/*.js', (route) => route.abort());
  await page.reload({ waitUntil: 'domcontentloaded' });
  await expect.poll(background).toBe(dark);
});
