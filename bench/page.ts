import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { ShiplogClient } from '../src/client/shiplog-client.ts';
import type { DeploymentReport } from '../src/contract/deployment-event.ts';
import { launchBrowser } from '../test/support/browser.ts';
import {
  type Frames,
  type Lane,
  lanesInSight,
  noteEvents,
  noteFrames,
  noteUsable,
  noteVersions,
  scrollThrough,
} from './page-probe.ts';
import { servePlainTable } from './plain-table.ts';
import { adminToken, asAdmin, startShiplog } from './processes.ts';
import { seed } from './seed.ts';
import type { Row } from './table.ts';

const services = 2000;
const environments = [
  'dev',
  'test',
  'qa',
  'perf',
  'demo',
  'staging',
  'preprod',
  'canary',
  'production',
  'production-eu',
];
const loads = 5;
/** For the time from a report to the screen. */
const steadyEvents = 240;
const eventsPerSecond = 20;
/** For what is left in memory. */
const burstEvents = 10_000;
const burstBatch = 100;
const burstPauseMs = 100;

/** The matrix page of 20,000 slots in a real browser, beside a plain HTML table of the same answer in the same browser. */
export async function page(): Promise<Row[]> {
  await using server = await startShiplog();
  await seed(server.url, { services, environments, events: services * environments.length });
  const matrix = Buffer.from(await (await fetch(`${server.url}/api/matrix`, { headers: asAdmin })).arrayBuffer());
  await using plain = await servePlainTable(gzipSync(matrix));
  const browser = await launchBrowser();
  try {
    const table = await measureTable(browser, plain.url);
    const empty = await measureEmptyPage(browser, server.url);
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

interface LiveFigures {
  readonly delays: readonly number[];
  readonly heapMb: number;
  readonly longestFrameMs: number;
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

async function heapOf(shown: Page): Promise<number> {
  const session = await shown.context().newCDPSession(shown);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 2 ** 20;
}

/** Steady events to cells in sight, then many to all of them. */
async function measureLive(shown: Page, url: string): Promise<LiveFigures> {
  await shown.getByRole('status', { name: 'Live updates: live' }).waitFor();
  await shown.evaluate(noteVersions);
  const delays = await measureDelays(shown, url, await shown.evaluate(lanesInSight));
  await shown.evaluate(noteFrames);
  const client = clientOf(url);
  for (let first = 0; first < burstEvents; first += burstBatch) {
    const batch = Array.from({ length: burstBatch }, (_, index) => burstReport(first + index));
    await Promise.all([client.recordBatch(batch), pause(burstPauseMs)]);
  }
  await pause(2000);
  const longestFrameMs = await shown.evaluate(() => (window as unknown as { longestFrameMs: number }).longestFrameMs); // noteFrames
  return { delays, heapMb: await heapOf(shown), longestFrameMs };
}

/** An empty page of the same server, that only listens: the least that any page needs. */
async function measureEmptyPage(browser: Browser, url: string): Promise<readonly number[]> {
  const context = await browser.newContext({ storageState: await signIn(browser, url), bypassCSP: true });
  const shown = await context.newPage();
  await shown.goto(`${url}/healthz`);
  await shown.evaluate(noteEvents);
  const delays = await measureDelays(shown, url, [{ service: 'service-0', namespace: 'team-0', environment: 'dev' }]);
  await context.close();
  return delays;
}

async function measureDelays(shown: Page, url: string, lanes: readonly Lane[]): Promise<readonly number[]> {
  const client = clientOf(url);
  const sentAt = new Map<string, number>();
  for (let index = 0; index < steadyEvents; index++) {
    const version = `9.${index}.${lanes.length}`;
    const happened_at = new Date().toISOString();
    const report = { ...lanes[index % lanes.length], deployment_id: version, status: 'success', happened_at, version };
    sentAt.set(version, Date.now());
    await Promise.all([client.record(report as DeploymentReport), pause(1000 / eventsPerSecond)]); // lanes are not empty
  }
  await pause(3000);
  const seenAt = await shown.evaluate(() => (window as unknown as { seenAt: Record<string, number> }).seenAt); // noted there
  return [...sentAt].map(([version, sent]) => (seenAt[version] ?? Number.POSITIVE_INFINITY) - sent);
}

function burstReport(index: number): DeploymentReport {
  const service = (index * 7) % services;
  return {
    deployment_id: `burst-${index >> 1}`,
    service: `service-${service}`,
    namespace: `team-${service % 12}`,
    environment: environments[index % environments.length] ?? 'dev',
    status: index % 5 === 0 ? 'failure' : 'success',
    happened_at: new Date().toISOString(),
    version: `8.${index}.0`,
    actor: 'deploy-bot',
    ref: 'main',
    sha: index.toString(16).padStart(40, 'b'),
  };
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

function clientOf(url: string): ShiplogClient {
  return new ShiplogClient({ baseUrl: url, token: adminToken });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
