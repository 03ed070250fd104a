import {
  type ChangeableKind,
  changeableKinds,
  type RetentionKind,
  retentionKinds,
} from '../../../contract/retention.ts';
import { sessionLifeDays } from '../../../contract/session-life.ts';
import type { Clock } from '../../clock.ts';
import { invalid } from '../../errors.ts';
import { keyLifeDays } from '../../log/key-retention.ts';
import type { Principal } from '../../principal.ts';
import { mostIncomingOfProject } from '../incoming/incoming-types.ts';
import type { KeptRows, KeptRowsStore } from './kept-rows-store.ts';
import { type DaysRule, daysRules } from './retention-rules.ts';
import type { RetentionStore, StoredDays } from './retention-store.ts';

/** One kind of thing that is kept. */
export interface Retained extends KeptRows {
  readonly kind: RetentionKind;
  /** null: it is never forgotten. */
  readonly days: number | null;
  /** Of one project, whatever their age; null: any number. */
  readonly mostOfProject: number | null;
  /** undefined: nobody may choose. */
  readonly rule: DaysRule | undefined;
  /** undefined: nobody has. */
  readonly changed: Pick<StoredDays, 'changedAt' | 'changedBy'> | undefined;
}

const fixedDays: Readonly<Record<Exclude<RetentionKind, ChangeableKind>, number | null>> = {
  events: null,
  audit_entries: null,
  idempotency_keys: keyLifeDays,
  sessions: sessionLifeDays,
};

/** How long things are kept. The routes let only administrators in. */
export class RetentionService {
  readonly #store: RetentionStore;
  readonly #keptRows: KeptRowsStore;
  readonly #clock: Clock;

  constructor(store: RetentionStore, keptRows: KeptRowsStore, clock: Clock) {
    this.#store = store;
    this.#keptRows = keptRows;
    this.#clock = clock;
  }

  /** Everything that is kept, with how much of it there is. */
  async list(): Promise<Retained[]> {
    const stored = new Map((await this.#store.all()).map((setting) => [setting.kind, setting]));
    const rows = await this.#keptRows.all();
    return retentionKinds.map((kind) => {
      const mostOfProject = isIncoming(kind) ? mostIncomingOfProject : null;
      if (!isChangeable(kind))
        return { kind, days: fixedDays[kind], mostOfProject, rule: undefined, changed: undefined, ...rows[kind] };
      const setting = stored.get(kind);
      const rule = daysRules[kind];
      return { kind, days: setting?.days ?? rule.default, mostOfProject, rule, changed: setting, ...rows[kind] };
    });
  }

  /** Asked at each run of what forgets, so that a change holds on every node. */
  async daysOf(kind: ChangeableKind): Promise<number> {
    return (await this.#store.daysOf(kind)) ?? daysRules[kind].default;
  }

  /** Throws `validation_failed` where a number of days is out of its bounds. What stays the same is no change. */
  async change(
    principal: Principal,
    wanted: Readonly<Partial<Record<ChangeableKind, number | undefined>>>,
  ): Promise<void> {
    const named = changeableKinds.flatMap((kind) => {
      const days = wanted[kind];
      return days === undefined ? [] : [{ kind, days }];
    });
    const fields = named.flatMap(({ kind, days }) => {
      const { least, most } = daysRules[kind];
      const isWithin = days >= least && days <= most;
      return isWithin ? [] : [{ pointer: `/${kind}`, message: `must be from ${least} to ${most} days` }];
    });
    if (fields.length > 0) throw invalid(fields);
    await this.#store.set(named, principal, this.#clock());
  }
}

function isIncoming(kind: RetentionKind): boolean {
  return kind === 'incoming_recorded' || kind === 'incoming_other';
}

function isChangeable(kind: RetentionKind): kind is ChangeableKind {
  return changeableKinds.some((changeable) => changeable === kind);
}
