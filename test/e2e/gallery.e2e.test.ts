import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { freePort } from '../support/free-port.ts';
import { seriousFindings } from './scenes/look-at.ts';
import { desktop, telephone } from './signed-in-page.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What other parts are made of, what lies over the whole page, and what is not drawn in it. */
const inOthers = ['LabelledField', 'NowProvider', 'Option', 'TabTitle', 'TipLayer', 'ToastLayer'];

let browser: Browser;
let vite: ViteDevServer;
let url: string;

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  [browser, vite] = await Promise.all([
    launchBrowser(),
    createServer({
      configFile: `${root}vite.config.ts`,
      root: `${root}src/web`,
      logLevel: 'silent',
      server: { host: '127.0.0.1', port, strictPort: true, hmr: false, watch: null },
    }),
  ]);
  await vite.listen();
});
afterAll(async () => {
  await browser?.close();
  await vite?.close();
});

describe('the parts of the page', () => {
  test.each([
    ['a desk', desktop],
    ['a telephone', telephone],
  ])('are shown in both themes in development, and axe finds nothing serious at %s', async (_, viewport) => {
    const context = await browser.newContext({ baseURL: url, viewport, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto('/_ui');
    for (const theme of ['light', 'dark'])
      await page
        .getByRole('region', { name: `The ${theme} theme` })
        .getByRole('table')
        .waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    await context.close();
  });

  test('tell in passing what was done, for as long as the pointer rests there, and are dismissed', async () => {
    const page = await browser.newPage({ baseURL: url, viewport: desktop });
    await page.goto('/_ui');
    // Time goes on only as far as it is told to.
    await page.clock.pauseAt(Date.now() + 60_000);
    const press = () => page.getByRole('button', { name: 'Toast' }).first().click();
    const toast = page.getByText('The token is revoked.');
    await press();
    await toast.hover();
    await page.clock.runFor(20_000);
    await expect.poll(() => toast.isVisible()).toBe(true);
    await page.mouse.move(0, 0);
    await page.clock.runFor(6_100);
    await toast.waitFor({ state: 'detached' });
    await press();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await toast.waitFor({ state: 'detached' });
    await page.close();
  });

  test('keep the focus in a list whose last page was just fetched', async () => {
    const page = await browser.newPage({ baseURL: url, viewport: desktop });
    await page.goto('/_ui');
    await page.getByRole('button', { name: 'Show more' }).first().press('Enter');
    await page.getByText('deploy-bot').first().waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('That is all.');
    await page.close();
  });

  test('are all shown', () => {
    const texts = (folder: string) =>
      readdirSync(`${root}src/web/${folder}`).map((name) => readFileSync(`${root}src/web/${folder}/${name}`, 'utf8'));
    const exported = texts('ui').flatMap((text) =>
      [...text.matchAll(/^export function ([A-Z]\w*)/gm)].map(([, name]) => name),
    );
    const samples = texts('app/gallery').join('\n');
    expect(exported.filter((name) => !new RegExp(`<${name}\\b`).test(samples)).sort()).toEqual(inOthers);
  });

  test('are in no build', () => {
    const folder = `${root}dist/web/assets/`;
    const names = readdirSync(folder);
    expect(names.filter((name) => name.startsWith('gallery'))).toEqual([]);
    const scripts = names.filter((name) => name.endsWith('.js')).map((name) => readFileSync(folder + name, 'utf8'));
    expect(scripts.filter((script) => script.includes('Parts of the page') || script.includes('/_ui'))).toEqual([]);
  });
});
