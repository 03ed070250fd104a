import type { DeploymentReport } from '../../contract/deployment-event.ts';
import { type DemoEnvironment, type DemoService, demoEnvironments, isProduction } from './catalogue.ts';
import type { Random } from './random.ts';
import { reportOf } from './release.ts';
import type { ServiceHistory } from './service-history.ts';
import { hourMs, minuteMs } from './working-hours.ts';

/** How a lane stands when the history ends, as statuses and how many minutes ago each was reached. */
interface Opening {
  readonly where: (environment: DemoEnvironment) => boolean;
  readonly steps: readonly (readonly [status: string, minutesAgo: number])[];
  /** After the steps: back to what was live before, so many minutes ago. */
  readonly rollback?: readonly [begun: number, done: number];
  /** A first attempt that failed, so many minutes ago. */
  readonly failedBefore?: number;
}

const early = (environment: DemoEnvironment) => environment === 'dev' || environment === 'qa';
const late = (environment: DemoEnvironment) => environment === 'staging' || environment === 'production';

/** Whenever the demo is started, somebody is at work, something waits and something is broken. */
const openings: readonly Opening[] = [
  { where: early, steps: [['in-progress', 1]] },
  {
    where: early,
    steps: [
      ['queued', 4],
      ['in-progress', 3],
    ],
  },
  {
    where: isProduction,
    steps: [
      ['waiting', 31],
      ['in-progress', 5],
    ],
  },
  { where: late, steps: [['in-progress', 2]], failedBefore: 26 },
  { where: (name) => name === 'production', steps: [['waiting', 12]] },
  { where: (name) => name === 'production', steps: [['waiting', 74]] },
  { where: (name) => name === 'production', steps: [['waiting', 190]] },
  { where: early, steps: [['queued', 1]] },
  { where: (name) => name === 'staging', steps: [['queued', 2]] },
  { where: late, steps: [['pending', 9]] },
  { where: (name) => name === 'staging', steps: [['in-progress', 320]] },
  {
    where: (name) => name === 'production',
    steps: [
      ['waiting', 60],
      ['in-progress', 44],
      ['failure', 38],
    ],
  },
  {
    where: early,
    steps: [
      ['in-progress', 22],
      ['failure', 17],
    ],
  },
  {
    where: (name) => name === 'staging',
    steps: [
      ['in-progress', 150],
      ['failure', 143],
    ],
  },
  {
    where: isProduction,
    steps: [
      ['waiting', 95],
      ['in-progress', 60],
      ['failure', 52],
    ],
    rollback: [47, 41],
  },
  {
    where: (name) => name === 'production',
    steps: [
      ['waiting', 140],
      ['rejected', 85],
    ],
  },
  {
    where: late,
    steps: [
      ['in-progress', 68],
      ['cancelled', 66],
    ],
  },
];

/** The last hours of a lane belong to its opening: nothing else happens there. */
const openingsMs = 9 * hourMs;

export interface Placement {
  readonly service: DemoService;
  readonly environment: DemoEnvironment;
  readonly opening: Opening;
}

/**
 * Gives each opening a lane of its own, each in another service as long as there are enough. Those of one service come in
 * the order in which its versions travel.
 */
export function placeOpenings(services: readonly DemoService[], random: Random): Placement[] {
  const free = random.shuffled(
    services.flatMap((service) => service.environments.map((environment) => ({ service, environment }))),
  );
  const used = new Set<DemoService>();
  const placed = openings.flatMap((opening) => {
    const fitting = free.filter(({ environment }) => opening.where(environment));
    const lane = fitting.find(({ service }) => !used.has(service)) ?? fitting[0];
    if (!lane) return [];
    used.add(lane.service);
    free.splice(free.indexOf(lane), 1);
    return [{ ...lane, opening }];
  });
  const place = ({ environment }: Placement) => demoEnvironments.indexOf(environment);
  return placed.sort((a, b) => place(a) - place(b));
}

/**
 * What comes next in a lane is what the environment before it had by then; in the first one it is a new version. The lane
 * is as it was before it got that version, or a newer one. Where nothing has come so far yet, there is no opening.
 */
export function openingReports(
  { service, environment, opening }: Placement,
  history: ServiceHistory,
  now: number,
): DeploymentReport[] {
  const { line } = history;
  const since = now - openingsMs;
  const source = service.environments[service.environments.indexOf(environment) - 1];
  const parent = source && history.live(source, since);
  if (source && !parent) return [];
  history.takeBack(environment, { since, release: parent?.release });
  const live = history.live(environment, now);
  const release = parent?.release ?? line.next();
  const parents = parent ? [parent.id] : [];
  const reports: DeploymentReport[] = [];
  if (opening.failedBefore !== undefined) {
    const first = line.attempt(environment, release, parents);
    reports.push(
      reportOf(first, 'in-progress', now - (opening.failedBefore + 6) * minuteMs),
      reportOf(first, 'failure', now - opening.failedBefore * minuteMs),
    );
  }
  const attempt = line.attempt(environment, release, parents);
  for (const [status, minutesAgo] of opening.steps)
    reports.push(reportOf(attempt, status, now - minutesAgo * minuteMs + secondsOf(attempt.run.run_number)));
  if (opening.rollback && live) {
    const back = line.attempt(environment, live.release, [live.id], `oncall-${service.namespace}`);
    const [begun, done] = opening.rollback;
    reports.push(
      reportOf(back, 'in-progress', now - begun * minuteMs),
      reportOf(back, 'success', now - done * minuteMs),
    );
  }
  return reports;
}

/** Up to 30 s, so that not everything happened on the full minute. */
function secondsOf(runNumber: number): number {
  return (runNumber % 30) * 1000;
}
