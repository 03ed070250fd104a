import type { DeploymentReport } from '../../contract/deployment-event.ts';
import { compareEnvironments, guessTier } from '../../contract/tiers.ts';

/** One service in one environment, as the reports so far leave it. */
export interface Lane {
  readonly line: LiveLine;
  readonly environment: string;
  /** What waits there is let go by people, on the page. */
  readonly isGuarded: boolean;
  live: DeploymentReport | undefined;
  /** The newest version that was ever live there, or turned down: it, and older ones, are not asked for again. */
  settled: string | undefined;
  open: DeploymentReport | undefined;
}

/** What the lanes of one service have in common. */
export interface LiveLine {
  readonly namespace: string;
  readonly service: string;
  newestVersion: string | undefined;
  lastRun: number;
}

const openStatuses = ['pending', 'queued', 'waiting', 'in-progress'];

/** Lanes in the order of their services, and within a service in the order a version travels. */
export function lanesOf(
  history: readonly DeploymentReport[],
  isGuarded: (report: DeploymentReport) => boolean,
): readonly Lane[] {
  const lines = new Map<string, LiveLine>();
  const lanes = new Map<string, Lane>();
  for (const report of history) {
    const { namespace = '', service, environment } = report;
    const line = lines.get(service) ?? { namespace, service, newestVersion: undefined, lastRun: 0 };
    lines.set(service, line);
    const key = JSON.stringify([service, environment]);
    const unknown = { live: undefined, settled: undefined, open: undefined };
    const lane = lanes.get(key) ?? { line, environment, isGuarded: isGuarded(report), ...unknown };
    lanes.set(key, lane);
    note(lane, report);
  }
  const column = ({ environment }: Lane) => ({ name: environment, tier: guessTier(environment) });
  return [...lanes.values()].sort((a, b) =>
    a.line === b.line ? compareEnvironments(column(a), column(b)) : a.line.service < b.line.service ? -1 : 1,
  );
}

/** What a report changes. */
export function note(lane: Lane, report: DeploymentReport): void {
  const { line } = lane;
  const { version, run_number: run = 0 } = report;
  if (isNewer(version, line.newestVersion)) line.newestVersion = version;
  line.lastRun = Math.max(line.lastRun, Number(run));
  lane.open = openStatuses.includes(report.status) ? report : undefined;
  if (report.status === 'success') lane.live = report;
  const isSettled = report.status === 'success' || report.status === 'rejected';
  if (isSettled && isNewer(version, lane.settled)) lane.settled = version;
}

/** Of versions as the demo makes them: three numbers. Anything is newer than nothing. */
export function isNewer(version: string | undefined, other: string | undefined): boolean {
  if (version === undefined || other === undefined) return version !== undefined;
  return version.localeCompare(other, 'en', { numeric: true }) > 0;
}
