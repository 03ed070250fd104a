import type { DeploymentReport } from '../../contract/deployment-event.ts';
import { lifeOf, type Reason, type Step } from './attempt-life.ts';
import { type DemoEnvironment, type DemoService, isProduction } from './catalogue.ts';
import type { Random } from './random.ts';
import { type Attempt, type Release, ReleaseLine, reportOf } from './release.ts';
import { dayMs, hourMs, isWeekend, minuteMs, nextWindow, startOfDay, workingMoment } from './working-hours.ts';

export interface HistoryOptions {
  readonly service: DemoService;
  readonly random: Random;
  readonly from: number;
  readonly until: number;
}

interface Task {
  readonly at: number;
  readonly environment: DemoEnvironment;
  /** Undefined: whatever the service has to release by then. */
  readonly release: Release | undefined;
  readonly parents: readonly string[];
  readonly reason: Reason;
  readonly actor?: string;
  /** What a rollback takes back: once something newer was tried there, it is too late for it. */
  readonly undoes?: Release;
}

/** What is live in a lane, and which deployment brought it there. */
export interface LiveVersion {
  readonly release: Release;
  readonly id: string;
}

/** An attempt, and how it went. */
interface Played {
  readonly attempt: Attempt;
  readonly steps: readonly Step[];
}

/** A moment, or the first attempt at a release or a newer one: whichever came first. */
interface Beginning {
  readonly since: number;
  readonly release: Release | undefined;
}

interface Lane {
  live: LiveVersion | undefined;
  newest: number;
  busyUntil: number;
}

/**
 * Plays one service's life: releases at working hours, each promoted while it succeeds, overtaken by newer ones,
 * retried or rolled back when it fails.
 */
export class ServiceHistory {
  readonly line: ReleaseLine;
  readonly #options: HistoryOptions;
  readonly #lanes = new Map<DemoEnvironment, Lane>();
  readonly #tasks: Task[] = [];
  /** In each environment in the order of time. */
  #played: Played[] = [];

  constructor(options: HistoryOptions) {
    this.#options = options;
    this.line = new ReleaseLine(options.service, options.random);
    this.#planReleases();
    for (let task = this.#tasks.shift(); task; task = this.#tasks.shift()) this.#deploy(task);
  }

  get reports(): DeploymentReport[] {
    return this.#played.flatMap(({ attempt, steps }) => steps.map(({ status, at }) => reportOf(attempt, status, at)));
  }

  /** What was live somewhere at a moment. */
  live(environment: DemoEnvironment, at: number): LiveVersion | undefined {
    const brought = this.#played.findLast(({ attempt, steps }) => {
      const end = steps.at(-1);
      return attempt.environment === environment && end?.status === 'success' && end.at <= at;
    });
    return brought && { release: brought.attempt.release, id: brought.attempt.run.deployment_id };
  }

  /** Takes back all that happened somewhere from there on, and what came of it in later environments. */
  takeBack(environment: DemoEnvironment, { since, release }: Beginning): void {
    const { environments } = this.#options.service;
    const oldest = release?.order ?? Number.POSITIVE_INFINITY;
    const gone = new Set<string>();
    for (const place of environments.slice(environments.indexOf(environment))) {
      const here = this.#played.filter(({ attempt }) => attempt.environment === place);
      const first = here.findIndex(({ attempt, steps: [begin] }) =>
        place === environment
          ? (begin && begin.at >= since) || attempt.release.order >= oldest
          : attempt.parents.some((id) => gone.has(id)),
      );
      for (const { attempt } of first < 0 ? [] : here.slice(first)) gone.add(attempt.run.deployment_id);
    }
    this.#played = this.#played.filter(({ attempt }) => !gone.has(attempt.run.deployment_id));
  }

  #planReleases(): void {
    const { service, random, from, until } = this.#options;
    this.#plan({
      at: from + random.integer(0, 300) * minuteMs,
      environment: 'dev',
      release: undefined,
      parents: [],
      reason: 'first',
    });
    for (let day = startOfDay(from) + dayMs; day < until; day += dayMs) {
      const expected = service.cadence * (isWeekend(day) ? 0.06 : 1);
      const moments = Array.from({ length: countOf(expected, random) }, () => workingMoment(day, random)).sort(
        (a, b) => a - b,
      );
      for (const at of moments)
        this.#plan({ at, environment: 'dev', release: undefined, parents: [], reason: 'release' });
    }
  }

  #plan(task: Task): void {
    if (task.at >= this.#options.until) return;
    const index = this.#tasks.findLastIndex(({ at }) => at <= task.at);
    this.#tasks.splice(index + 1, 0, task);
  }

  #deploy(task: Task): void {
    const { service, random, until } = this.#options;
    const lane = this.#lane(task.environment);
    const brought = task.undoes ?? task.release;
    if (brought && brought.order < lane.newest) return;
    if (task.at < lane.busyUntil) return this.#plan({ ...task, at: lane.busyUntil + 30_000 });

    const release = task.release ?? this.line.next(task.reason === 'fix' ? 'fix' : 'usual');
    const attempt = this.line.attempt(task.environment, release, task.parents, task.actor);
    const steps = lifeOf(task, service, random);
    const end = steps.at(-1);
    // What is still open at the end is staged by hand: see openings.ts.
    if (!end || end.at >= until) return;
    this.#played.push({ attempt, steps });
    lane.busyUntil = end.at;
    lane.newest = Math.max(lane.newest, release.order);
    if (end.status === 'success') this.#afterSuccess(task, attempt, lane, end.at);
    if (end.status === 'failure') this.#afterFailure(task, attempt, lane, end.at);
  }

  #afterSuccess(task: Task, attempt: Attempt, lane: Lane, at: number): void {
    const { service, random } = this.#options;
    const before = lane.live;
    lane.live = { release: attempt.release, id: attempt.run.deployment_id };
    if (task.reason === 'rollback') return;
    // Some mistakes show only when people use it.
    if (before && isProduction(task.environment) && random.chance(0.02))
      this.#rollBack(attempt, before, at + random.integer(8, 50) * minuteMs);
    const next = service.environments[service.environments.indexOf(task.environment) + 1];
    if (!next) return;
    const goesOn =
      task.reason === 'first' ||
      random.chance({ dev: 0.8, qa: 0.78, staging: 0.8, production: 0.92, 'production-eu': 0 }[task.environment]);
    if (!goesOn) return;
    const waitMs = pauseBefore(next, random);
    const earliest =
      isProduction(next) && !attempt.release.ref.startsWith('hotfix') ? nextWindow(at + waitMs, random) : at + waitMs;
    this.#plan({
      at: earliest,
      environment: next,
      release: attempt.release,
      parents: [attempt.run.deployment_id],
      reason: task.reason === 'first' ? 'first' : 'release',
    });
  }

  #afterFailure(task: Task, attempt: Attempt, lane: Lane, at: number): void {
    const { random } = this.#options;
    const { environment, undoes: release = attempt.release } = task;
    if (isProduction(task.environment) && lane.live && random.chance(0.65)) {
      this.#rollBack({ environment, release }, lane.live, at + random.integer(3, 14) * minuteMs);
      this.#plan({
        at: at + random.integer(50, 200) * minuteMs,
        environment: 'dev',
        release: undefined,
        parents: [],
        reason: 'fix',
      });
    } else if (task.reason === 'first' || random.chance(0.85)) {
      this.#plan({
        ...task,
        at: at + random.integer(4, 45) * minuteMs,
        release: attempt.release,
        reason: task.reason === 'first' ? 'first' : 'retry',
      });
    }
  }

  #rollBack(
    { environment, release: undoes }: Pick<Attempt, 'environment' | 'release'>,
    { release, id }: LiveVersion,
    at: number,
  ): void {
    this.#plan({
      at,
      environment,
      undoes,
      release,
      parents: [id],
      reason: 'rollback',
      actor: `oncall-${this.#options.service.namespace}`,
    });
  }

  #lane(environment: DemoEnvironment): Lane {
    const known = this.#lanes.get(environment);
    const lane = known ?? { live: undefined, newest: 0, busyUntil: 0 };
    if (!known) this.#lanes.set(environment, lane);
    return lane;
  }
}

function pauseBefore(environment: DemoEnvironment, random: Random): number {
  switch (environment) {
    case 'dev':
    case 'qa':
      return random.integer(2, 40) * minuteMs;
    case 'staging':
      return random.integer(20, 300) * minuteMs;
    case 'production':
      return random.chance(0.35) ? random.integer(15, 28) * hourMs : random.integer(30, 360) * minuteMs;
    case 'production-eu':
      return random.integer(15, 90) * minuteMs;
    default:
      return environment satisfies never;
  }
}

/** How often something that is expected so many times a day happens on one: Poisson, by Knuth's method. */
function countOf(expected: number, random: Random): number {
  let count = 0;
  for (let product = random.next(); product > Math.exp(-expected); product *= random.next()) count += 1;
  return count;
}
