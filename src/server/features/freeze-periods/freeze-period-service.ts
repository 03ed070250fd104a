import { accessLevels } from '../../../contract/access-levels.ts';
import type { Clock } from '../../clock.ts';
import { type FieldError, invalid, notFound } from '../../errors.ts';
import type { AuditEntry } from '../../log/audit-log.ts';
import { levelOn, type Principal, type ProjectAccess } from '../../principal.ts';
import { requireMaintainer } from '../../require-level.ts';
import { parseCron } from './cron-line.ts';
import type { FreezePeriodStore } from './freeze-period-store.ts';
import type { Freeze, FreezePeriod, FreezeWindow, ProjectPeriods } from './freeze-period-types.ts';
import { frozenAt, windowsFrom } from './frozen.ts';
import { FrozenMinute } from './frozen-minute.ts';
import { timezoneOf } from './timezone.ts';

export interface FreezePeriodRequest {
  readonly freezeStart: string;
  readonly freezeEnd: string;
  /** Absent: UTC. */
  readonly timezone?: string | undefined;
}

/** A period, and when it holds. */
interface HeldPeriod {
  readonly period: FreezePeriod;
  /** Now, or next; undefined: never. */
  readonly window: FreezeWindow | undefined;
  readonly isActive: boolean;
}

/** When a project is frozen, and whether the principal may change that. */
export interface FreezeOutlook {
  readonly periods: readonly HeldPeriod[];
  readonly frozen: Freeze | undefined;
  readonly mayChange: boolean;
}

/** A project that is frozen, until a moment in epoch milliseconds. */
export interface ProjectFreeze {
  readonly project: ProjectPeriods['project'];
  readonly until: number;
}

/** undefined: stays as it is. */
export type FreezePeriodChange = { readonly [K in keyof FreezePeriodRequest]: FreezePeriodRequest[K] | undefined };

type FrozenProject = ProjectAccess & { readonly id: number };

/** Each is looked at for every deployment that starts. */
const mostPeriods = 50;

/** When a project must not be deployed. Its maintainers decide; whoever sees the project sees its periods. */
export class FreezePeriodService {
  readonly #store: FreezePeriodStore;
  readonly #clock: Clock;
  readonly #onChange: (projectId: number) => Promise<void>;
  readonly #minute = new FrozenMinute();

  /** `onChange` sees to deployments that a period of this project held back until now. */
  constructor(store: FreezePeriodStore, clock: Clock, onChange: (projectId: number) => Promise<void>) {
    this.#store = store;
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** Oldest first. */
  list(project: FrozenProject): Promise<FreezePeriod[]> {
    return this.#store.ofProject(project.id);
  }

  /** Throws `not_found`. */
  async get(project: FrozenProject, id: number): Promise<FreezePeriod> {
    const period = await this.#store.byId(project.id, id);
    if (!period) throw notFound('freeze period');
    return period;
  }

  /** Throws `forbidden`, and `validation_failed` for lines and zones that nobody can read. */
  async create(principal: Principal, project: FrozenProject, request: FreezePeriodRequest): Promise<FreezePeriod> {
    requireMaintainer(principal, project);
    const { freezeStart, freezeEnd, timezone = 'UTC' } = request;
    check({ freezeStart, freezeEnd, timezone });
    const now = this.#clock();
    const period = { projectId: project.id, freezeStart, freezeEnd, timezone, createdAt: now, updatedAt: now };
    const made = await this.#store.insert(period, mostPeriods, entry(principal, 'freeze_period_created', period, now));
    if (!made) throw invalid([{ pointer: '', message: `a project has at most ${mostPeriods} freeze periods` }]);
    return made;
  }

  /** Changes what is given. Throws as `create` does, and `not_found`. */
  async update(
    principal: Principal,
    project: FrozenProject,
    id: number,
    change: FreezePeriodChange,
  ): Promise<FreezePeriod> {
    requireMaintainer(principal, project);
    const now = this.#clock();
    const after = await this.#store.update(project.id, id, (before) => {
      const { freezeStart = before.freezeStart, freezeEnd = before.freezeEnd, timezone = before.timezone } = change;
      check({ freezeStart, freezeEnd, timezone });
      const changed = { ...before, freezeStart, freezeEnd, timezone };
      return {
        change: { freeze_start: freezeStart, freeze_end: freezeEnd, cron_timezone: timezone, updated_at: now },
        audit: entry(principal, 'freeze_period_updated', changed, now),
      };
    });
    if (!after) throw notFound('freeze period');
    await this.#onChange(project.id);
    return after;
  }

  /** Throws `forbidden` and `not_found`. */
  async delete(principal: Principal, project: FrozenProject, id: number): Promise<void> {
    requireMaintainer(principal, project);
    const period = await this.get(project, id);
    await this.#store.delete(id, entry(principal, 'freeze_period_deleted', period, this.#clock()));
    await this.#onChange(project.id);
  }

  /** The periods of a project, oldest first, each with when it holds now or next, and whether the project is frozen. */
  async outlook(principal: Principal, project: FrozenProject): Promise<FreezeOutlook> {
    const now = this.#clock();
    const periods = await this.#store.ofProject(project.id);
    return {
      periods: periods.map((period) => heldAt(period, now)),
      frozen: frozenAt(periods, now),
      mayChange: levelOn(principal, project) >= accessLevels.maintainer,
    };
  }

  /** Of the projects that the principal may see, those that are frozen now, by namespace, then by name. */
  async frozenProjects(principal: Principal): Promise<ProjectFreeze[]> {
    const now = this.#clock();
    const frozen: ProjectFreeze[] = [];
    for (const { project, periods } of await this.#store.ofVisible(principal)) {
      const until = await this.#minute.until(periods, now);
      if (until !== undefined) frozen.push({ project, until });
    }
    return frozen;
  }

  /** When a period holds now, or next. */
  whenHeld(period: FreezePeriod): HeldPeriod {
    return heldAt(period, this.#clock());
  }

  /** When a period that is not made yet would hold, from now on. Throws `validation_failed` as `create` does. */
  preview({ freezeStart, freezeEnd, timezone = 'UTC' }: FreezePeriodRequest, count: number): FreezeWindow[] {
    const period = { freezeStart, freezeEnd, timezone };
    check(period);
    return windowsFrom(period, this.#clock(), count);
  }

  /** Why a project is frozen at a moment, and until when; undefined: it is not. */
  async frozen(projectId: number, now: number): Promise<Freeze | undefined> {
    const periods = await this.#store.ofProject(projectId);
    return frozenAt(periods, now);
  }
}

function heldAt(period: FreezePeriod, now: number): HeldPeriod {
  const [window] = windowsFrom(period, now, 1);
  return { period, window, isActive: window !== undefined && window.start <= now };
}

function check({
  freezeStart,
  freezeEnd,
  timezone,
}: Pick<FreezePeriod, 'freezeStart' | 'freezeEnd' | 'timezone'>): void {
  const zone = timezoneOf(timezone);
  const wrong: FieldError[] = [];
  if (!zone) wrong.push({ pointer: '/cron_timezone', message: 'is invalid syntax' });
  const lines = [
    ['/freeze_start', freezeStart],
    ['/freeze_end', freezeEnd],
  ] as const;
  for (const [pointer, line] of lines) {
    // The thirtieth of February is well said, but a period that begins so never does.
    if (parseCron(line, zone ?? 'UTC')?.nextTick(0) === undefined)
      wrong.push({ pointer, message: 'is invalid syntax' });
  }
  if (wrong.length > 0) throw invalid(wrong);
}

function entry(
  author: Principal,
  action: AuditEntry['action'],
  { projectId, freezeStart, freezeEnd, timezone }: Omit<FreezePeriod, 'id'>,
  at: number,
): AuditEntry {
  const details = { freeze_start: freezeStart, freeze_end: freezeEnd, cron_timezone: timezone };
  return { at, author, projectId, groupId: null, action, details };
}
