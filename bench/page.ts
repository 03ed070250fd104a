import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../test/support/browser.ts';
import { environments, heapOf, type LiveFigures, measureEmptyPage, measureLive, services } from './page-live.ts';
import { type Frames, noteUsable, scrollThrough } from './page-probe.ts';
import { servePlainTable } from './plain-table.ts';
import { adminToken, asAdmin, startShiplog } from './processes.ts';
import { seed } from './seed.ts';
import type { Row } from './table.ts';

const loads = 5;

/** The matrix page of 20,000 slots in a real browser, beside a plain HTML table of the same answer in the same browser. */
export async function page(): Promise<Row[]> {
  await using server = await startShiplog();
  await seed(server.url, { services, environments, events: services * environments.length });
  const matrix = Buffer.from(await (await fetch(`${server.url}/api/matrix`, { headers: asAdmin })).arrayBuffer());
  await using plain = await servePlainTable(gzipSync(matrix));
  const browser = await launchBrowser();
  try {
    const table = await measureTable(browser, plain.url);
    const empty = await measureEmpty(browser, server.url);
    return rowsOf(await measureShiplog(browser, server.url), table, empty);
  } finally {
    await browser.close();
  }
}

interface Figures {
  readonly usableMs: number;
  readonly down: Frames;
  readonly dragged: Frames;
  readonly across: Frames;
  readonly heapMb: number;
}

async function measureTable(browser: Browser, url: string): Promise<Figures> {
  const context = () => browser.newContext({ viewport });
  return measurePage(context, url, 'html', { cell: 'tr:last-child td:last-child', stop: null }, async () => undefined);
}

async function measureShiplog(browser: Browser, url: string) {
  const storageState = await signIn(browser, url);
  const context = () => browser.newContext({ viewport, storageState });
  const probe = { cell: '[role=gridcell]', stop: '[role=grid] [role=gridcell][tabindex="0"]' };
  let live: LiveFigures | undefined;
  let scriptKb = 0;
  const figures = await measurePage(context, `${url}/`, '[role=grid]', probe, async (shown) => {
    scriptKb = await firstLoadKb(await context(), url);
    live = await measureLive(shown, url);
  });
  return { ...figures, live, scriptKb };
}

/** An empty page of the same server, that only listens: the least that any page needs. */
async function measureEmpty(browser: Browser, url: string): Promise<readonly number[]> {
  const context = await browser.newContext({ storageState: await signIn(browser, url), bypassCSP: true });
  const delays = await measureEmptyPage(await context.newPage(), url);
  await context.close();
  return delays;
}

const viewport = { width: 1440, height: 900 };

async function measurePage(
  newContext: () => Promise<BrowserContext>,
  url: string,
  scroller: string,
  probe: Parameters<typeof noteUsable>[0],
  then: (shown: Page) => Promise<void>,
): Promise<Figures> {
  const times: number[] = [];
  // A context of its own each time: nothing of the page is in its cache.
  for (let load = 1; load < loads; load++) {
    const context = await newContext();
    times.push(await loadPage(await context.newPage(), url, probe));
    await context.close();
  }
  const context = await newContext();
  const shown = await context.newPage();
  times.push(await loadPage(shown, url, probe));
  const heapMb = await heapOf(shown);
  const scroll = (direction: 'top' | 'left', step: number) =>
    shown.evaluate(scrollThrough, { scroller, direction, step });
  const down = await scroll('top', 400);
  const dragged = await scroll('top', 3000);
  const across = await scroll('left', 40);
  await then(shown);
  await context.close();
  return { usableMs: median(times), down, dragged, across, heapMb };
}

async function loadPage(shown: Page, url: string, probe: Parameters<typeof noteUsable>[0]): Promise<number> {
  await shown.addInitScript(noteUsable, probe);
  await shown.goto(url, { waitUntil: 'commit' });
  const found = await shown.waitForFunction(() => (window as { usableMs?: number }).usableMs, undefined, {
    timeout: 120_000,
  });
  return Number(await found.jsonValue());
}

async function firstLoadKb(context: BrowserContext, url: string): Promise<number> {
  const shown = await context.newPage();
  const scripts = new Map<string, Promise<Buffer>>();
  shown.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js')) scripts.set(response.url(), response.body());
  });
  await shown.goto(`${url}/`);
  await shown.getByRole('gridcell').first().waitFor();
  const bodies = await Promise.all(scripts.values());
  await context.close();
  return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) / 1000;
}

async function signIn(browser: Browser, url: string) {
  const context = await browser.newContext({ baseURL: url });
  const answer = await context.request.post('/api/session', { data: { token: adminToken } });
  if (!answer.ok()) throw new Error(`Signing in answered ${answer.status()}.`);
  const state = await context.storageState();
  await context.close();
  return state;
}

function rowsOf(
  shiplog: Figures & { readonly live: LiveFigures | undefined; readonly scriptKb: number },
  table: Figures,
  empty: readonly number[],
): Row[] {
  const { live } = shiplog;
  const delays = live?.delays ?? [];
  return [
    row('navigation to usable, ms (median of 5)', shiplog.usableMs, table.usableMs, '< 2000'),
    row('longest frame, scrolling down, ms', shiplog.down.longest, table.down.longest, '< 100'),
    row('longest frame, dragging the bar, ms', shiplog.dragged.longest, table.dragged.longest, '< 100'),
    row('longest frame, scrolling sideways, ms', shiplog.across.longest, table.across.longest, '< 100'),
    row('median frame, scrolling down, ms', shiplog.down.median, table.down.median, ''),
    row('report to pixel, p50 ms', at(delays, 0.5), at(empty, 0.5), ''),
    row('report to pixel, p99 ms', at(delays, 0.99), at(empty, 0.99), '< 500'),
    row('heap when loaded, MB', shiplog.heapMb, table.heapMb, ''),
    row('heap after 10,000 live events, MB', live?.heapMb ?? Number.NaN, table.heapMb, '< 150'),
    {
      what: 'heap in Activity after 10,000 more, MB',
      Shiplog: Math.round(live?.feedHeapMb ?? Number.NaN),
      wanted: '< 150',
    },
    { what: 'longest frame meanwhile, ms', Shiplog: Math.round(live?.longestFrameMs ?? Number.NaN) },
    { what: 'script of the first load, kB gzip', Shiplog: Math.round(shiplog.scriptKb), wanted: '<= 200' },
  ];
}

function row(what: string, shiplog: number, baseline: number, wanted: string): Row {
  return {
    what,
    Shiplog: Math.round(shiplog),
    'plain page': Math.round(baseline),
    ratio: (shiplog / baseline).toFixed(2),
    wanted,
  };
}

function median(values: readonly number[]): number {
  return at(values, 0.5);
}

function at(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
