import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { askToDeploy, protectProduction, team } from './protected-lane.ts';
import { openPage, signedInContext } from './signed-in-page.ts';

/** Turns the order of all that follows it in a line, and never ends that by itself. */
const turning = '\u202egnp.exe\u2066';
const lane = { namespace: 'acme', service: `s${turning}` } as const;
const project = `${lane.namespace}/${lane.service}`;
const told = { ...lane, environment: `e${turning}`, version: `v${turning}`, sha: `c${turning}` } as const;

let browser: Browser;
let server: TestServer;
let context: BrowserContext;
let approver: BrowserContext;
let failed: number;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startTestServer()]);
  const names = { ...told, actor: `a${turning}`, ref: `r${turning}` };
  await server.client.record(report({ ...names, environment: `d${turning}` }));
  await server.client.record(report(names));
  const attempt = {
    status: 'failure',
    version: `w${turning}`,
    sha: `f${turning}`,
    deployment_id: `i${turning}`,
  } as const;
  failed = (await server.client.record(report({ ...names, ...attempt }))).deployment_number;
  const people = await team(server);
  await protectProduction(server, lane, [{ user_id: people.approver.id, required_approvals: 1 }]);
  await askToDeploy(server, people.deployer, lane, told.version);
  context = await signedInContext(browser, server);
  approver = await signedInContext(browser, { url: server.url, adminToken: people.approver.token });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** What is shown behind a name that turns the order of what follows, in one line with it. */
function turnedText(page: Page): Promise<string[]> {
  return page.evaluate((turning) => {
    const displayOf = (node: Node | null) => (node instanceof Element ? getComputedStyle(node).display : 'inline');
    const textAfter = (node: Node): string => {
      const { nextSibling: next, parentElement: parent } = node;
      // The children of a flex box, and all that is a box itself, are lines of their own.
      if (displayOf(parent).endsWith('flex')) return '';
      if (next === null) return displayOf(parent) === 'inline' && parent ? textAfter(parent) : '';
      if (displayOf(next) !== 'inline' && displayOf(next) !== 'none') return '';
      const isShown = !(next instanceof HTMLElement) || next.offsetWidth > 1;
      return (isShown ? (next.textContent ?? '') : '') + textAfter(next);
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    while (texts.nextNode()) {
      const { currentNode: node } = texts;
      const text = node.textContent ?? '';
      if (!text.includes(turning) || !node.parentElement || node.parentElement.offsetWidth <= 1) continue;
      const after = text.split(turning).at(-1) + textAfter(node);
      if (/[\p{L}\p{N}]/u.test(after)) found.push(`${after.trim()} after ${node.parentElement.outerHTML}`);
    }
    return found;
  }, turning);
}

const at = (page: string) => `/projects/${encodeURIComponent(project)}${page}`;
const pages = [
  ['the matrix', () => '/'],
  ['the activity', () => '/activity'],
  ['a deployment', () => `/deployments/${failed}`],
  ['a project', () => at('')],
  ['its deployments', () => at('/deployments')],
  ['its environments', () => at('/environments')],
  ['its lineage', () => at('/lineage?view=table')],
  ['its settings', () => at('/settings')],
  ['its protected environments', () => at('/settings/protection')],
  ['its audit log', () => at('/settings/audit')],
] as const;

describe('a name that turns the direction of text turns nothing around it', () => {
  const looksRight = async (page: Page, part: 'main' | 'dialog' = 'main') => {
    await page.getByRole(part).getByText(turning).first().waitFor();
    await page.getByRole('status', { name: 'Live updates: live', includeHidden: true }).waitFor({ state: 'attached' });
    await expect.poll(() => page.getByRole('status', { name: /^Loading/ }).count()).toBe(0);
    await expect.poll(() => turnedText(page)).toEqual([]);
    await page.close();
  };
  test.each(pages)('in %s', async (_, path) => looksRight(await openPage(context, path())));
  test('in the inbox', async () => looksRight(await openPage(approver, '/inbox')));
  test('in a slot', async () => {
    const slot = `/?slot=${encodeURIComponent(`${project}@${told.environment}`)}`;
    await looksRight(await openPage(context, slot), 'dialog');
  });
});

test('a version that turns the direction of text is written out, so that it is read as it is', async () => {
  const page = await openPage(context, `/deployments/${failed}`);
  await page.getByText('w\\u202egnp.exe\\u2066').first().waitFor();
  await page.close();
});

test('what stands behind such a name is drawn behind it', async () => {
  const page = await openPage(context, `/deployments/${failed}`);
  const line = page.locator('header p[aria-hidden]');
  const leftsOf = (element: Element) => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const found: number[] = [];
    while (texts.nextNode()) {
      if (!texts.currentNode.textContent?.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(texts.currentNode);
      found.push(range.getBoundingClientRect().left);
    }
    return found;
  };
  // The service, the version, "in" and the environment.
  await expect.poll(() => line.evaluate(leftsOf)).toHaveLength(4);
  const lefts = await line.evaluate(leftsOf);
  expect(lefts).toEqual(lefts.toSorted((a, b) => a - b));
  await page.close();
});
