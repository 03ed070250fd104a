import type { Clock } from '../../clock.ts';
import { type FieldError, invalid, notFound } from '../../errors.ts';
import type { AuditEntry } from '../../log/audit-log.ts';
import type { Principal, ProjectAccess } from '../../principal.ts';
import { requireMaintainer } from '../../require-level.ts';
import { parseCron } from './cron-line.ts';
import type { FreezePeriodStore } from './freeze-period-store.ts';
import type { Freeze, FreezePeriod } from './freeze-period-types.ts';
import { frozenAt } from './frozen.ts';
import { timezoneOf } from './timezone.ts';

export interface FreezePeriodRequest {
  readonly freezeStart: string;
  readonly freezeEnd: string;
  /** Absent: UTC. */
  readonly timezone?: string | undefined;
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
    if (!made) throw invalid([{ pointer: '/base', message: `a project has at most ${mostPeriods} freeze periods` }]);
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

  /** Why a project is frozen at a moment, and until when; undefined: it is not. */
  async frozen(projectId: number, now: number): Promise<Freeze | undefined> {
    const periods = await this.#store.ofProject(projectId);
    return frozenAt(periods, now);
  }
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
  action: string,
  { projectId, freezeStart, freezeEnd, timezone }: Omit<FreezePeriod, 'id'>,
  at: number,
): AuditEntry {
  const details = { freeze_start: freezeStart, freeze_end: freezeEnd, cron_timezone: timezone };
  return { at, author, projectId, groupId: null, action, details };
}
