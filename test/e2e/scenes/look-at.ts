import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Scene, SceneArea } from './scene.ts';
import { type SceneWorld, startSceneWorld, type Width } from './scene-world.ts';

const folder = fileURLToPath(new URL('../screenshots/', import.meta.url));
/** For a machine that has other work. */
const longMs = 180_000;

/**
 * Looks at each scene on a desk and on a telephone, in both themes: axe finds nothing serious, there is one heading of
 * the page, and nothing scrolls sideways on a telephone. Leaves pictures for people, `<scene>-<width>-<theme>.png`.
 */
export function lookAt(areas: Readonly<Record<string, SceneArea>>): void {
  let world: SceneWorld;
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    world = await startSceneWorld();
    for (const { prepare } of Object.values(areas)) await prepare?.(world);
  }, longMs);
  afterAll(() => world?.[Symbol.asyncDispose]());
  describe.each(Object.entries(areas))('%s', (_, { scenes }) => {
    test.each(scenes)(
      '$name',
      async (scene) => {
        if (scene.only !== 'narrow') await lookOnce(world, scene, 1440);
        if (scene.only !== 'wide') await lookOnce(world, scene, 390);
      },
      longMs,
    );
  });
}

async function lookOnce(world: SceneWorld, scene: Scene, width: Width): Promise<void> {
  const { path, ready, who = 'admin' } = scene;
  const page = await (await world.browserOf(who, width)).newPage();
  try {
    await page.goto(typeof path === 'string' ? path : path(world));
    await ready(page, world);
    if (who !== 'nobody') await live(page);
    await picture(page, scene, width, 'light');
    await expect.poll(() => page.locator('h1').count(), { message: 'headings of the page' }).toBe(1);
    if (width === 390) await expect.poll(() => sideways(page), { message: 'scrolls sideways' }).toEqual([]);
    expect(await seriousFindings(page), `${width} px, light`).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(page, scene, width, 'dark');
    // A theme changes colours alone, and those are the same on a telephone.
    if (width === 390 && scene.only !== 'narrow') return;
    expect(await seriousFindings(page, 'color-contrast'), 'dark').toEqual([]);
  } finally {
    await page.close();
  }
}

function live(page: Page): Promise<void> {
  return page.getByRole('status', { name: 'Live updates: live', includeHidden: true }).waitFor();
}

async function picture(page: Page, { name }: Scene, width: Width, theme: 'light' | 'dark'): Promise<void> {
  const file = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  await page.screenshot({ path: `${folder}${file}-${width}-${theme}.png` });
}

/** What axe finds that keeps somebody from reading or doing something; of one rule, or of all. */
export async function seriousFindings(page: Page, rule?: 'color-contrast'): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rule === undefined ? axe : axe.withRules([rule])).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary ?? ''}`),
    );
}

/** What is about as tall as the page and wider than it, but for what is made to scroll sideways by itself, like a graph. */
function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('html, body, #root, #main, #main *, [role=dialog], [role=dialog] *')]
      .filter((element) => {
        const { scrollWidth, clientWidth, clientHeight } = element;
        if (clientWidth === 0 || clientHeight <= innerHeight / 2 || scrollWidth <= clientWidth + 1) return false;
        const { overscrollBehaviorX, overscrollBehaviorY } = getComputedStyle(element);
        return overscrollBehaviorX !== 'contain' || overscrollBehaviorY === 'contain';
      })
      .map(({ tagName, className, scrollWidth, clientWidth }) => {
        return `${tagName}.${className} ${scrollWidth} > ${clientWidth}`;
      }),
  );
}
