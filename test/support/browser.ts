import { existsSync } from 'node:fs';
import { type Browser, chromium as playwright } from 'playwright-core';

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Nothing that asks the network for anything but the page under test. */
const quietFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A real browser: CHROME_PATH, else an installed Chromium or Chrome, else the one inside the npm package. */
export async function launchBrowser(): Promise<Browser> {
  const given = process.env['CHROME_PATH'];
  if (given && !existsSync(given)) throw new Error(`CHROME_PATH names no file: ${given}`);
  const found = given ?? installed.find((path) => existsSync(path));
  if (found) return playwright.launch({ executablePath: found, args: quietFlags });
  const { default: packaged } = await import('@sparticuz/chromium');
  packaged.setGraphicsMode = false;
  // Without the package's own arguments: they are for a serverless function, and its --single-process ends the browser
  // with the first page that closes and has no shared workers.
  return playwright.launch({ executablePath: await packaged.executablePath(), args: quietFlags });
}
