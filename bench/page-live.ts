import type { Page } from 'playwright-core';
import { ShiplogClient } from '../src/client/shiplog-client.ts';
import type { DeploymentReport } from '../src/contract/deployment-event.ts';
import { type Lane, lanesInSight, noteEvents, noteFrames, noteVersions } from './page-probe.ts';
import { adminToken } from './processes.ts';

export const services = 2000;
export const environments = [
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
/** For the time from a report to the screen. */
const steadyEvents = 240;
const eventsPerSecond = 20;
/** For what is left in memory. */
const burstEvents = 10_000;
const burstBatch = 100;
const burstPauseMs = 100;

export interface LiveFigures {
  readonly delays: readonly number[];
  /** Of the matrix. */
  readonly heapMb: number;
  /** Of the matrix and the feed, in Activity. */
  readonly feedHeapMb: number;
  readonly longestFrameMs: number;
}

/** Steady events to cells in sight, then many to all of them, then as many while Activity is open. */
export async function measureLive(shown: Page, url: string): Promise<LiveFigures> {
  await shown.getByRole('status', { name: 'Live updates: live' }).waitFor();
  await shown.evaluate(noteVersions);
  const delays = await measureDelays(shown, url, await shown.evaluate(lanesInSight));
  await shown.evaluate(noteFrames);
  await sendBurst(url, 0);
  const longestFrameMs = await shown.evaluate(() => (window as unknown as { longestFrameMs: number }).longestFrameMs); // noteFrames
  const heapMb = await heapOf(shown);
  // Within the page, so that it holds the matrix still.
  await shown.getByRole('link', { name: 'Activity', exact: true }).click();
  await shown.getByRole('article').first().waitFor();
  await sendBurst(url, burstEvents);
  return { delays, heapMb, feedHeapMb: await heapOf(shown), longestFrameMs };
}

async function sendBurst(url: string, from: number): Promise<void> {
  const client = clientOf(url);
  for (let first = from; first < from + burstEvents; first += burstBatch) {
    const batch = Array.from({ length: burstBatch }, (_, index) => burstReport(first + index));
    await Promise.all([client.recordBatch(batch), pause(burstPauseMs)]);
  }
  await pause(2000);
}

/** How long events take to a page that only listens. */
export async function measureEmptyPage(shown: Page, url: string): Promise<readonly number[]> {
  await shown.goto(`${url}/healthz`);
  await shown.evaluate(noteEvents);
  return measureDelays(shown, url, [{ service: 'service-0', namespace: 'team-0', environment: 'dev' }]);
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

export async function heapOf(shown: Page): Promise<number> {
  const session = await shown.context().newCDPSession(shown);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 2 ** 20;
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

function clientOf(url: string): ShiplogClient {
  return new ShiplogClient({ baseUrl: url, token: adminToken });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
