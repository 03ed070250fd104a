import {
  type ChangeableKind,
  changeableKinds,
  type Retention,
  type RetentionRequest,
} from '../../../contract/retention.ts';

/** What was typed and differs from what is; text, as it may be no number. */
export type RetentionDraft = Readonly<Partial<Record<ChangeableKind, string>>>;

/** What was typed for a kind; undefined: nothing, or it cannot be changed. */
export function typedOf(draft: RetentionDraft, { kind }: Pick<Retention, 'kind'>): string | undefined {
  const name = changeable(kind);
  return name === undefined ? undefined : draft[name];
}

/** The kind where it can be changed. */
function changeable(kind: Retention['kind']): ChangeableKind | undefined {
  return changeableKinds.find((each) => each === kind);
}

/** What to send: what was typed and is not as it was. */
export function requestOf(draft: RetentionDraft, items: readonly Retention[]): RetentionRequest {
  const changed = items.flatMap(({ kind, days }) => {
    const name = changeable(kind);
    const typed = name === undefined ? undefined : draft[name];
    return name === undefined || typed === undefined || Number(typed) === days ? [] : [[name, Number(typed)] as const];
  });
  return Object.fromEntries(changed);
}

/** What is wrong with a number of days before it is sent. */
export function daysFault(typed: string | undefined, change: Retention['change']): string | undefined {
  if (typed === undefined || change === null) return undefined;
  const { least_days: least, most_days: most } = change;
  const days = Number(typed);
  const isRight = /^\d+$/.test(typed.trim()) && days >= least && days <= most;
  return isRight ? undefined : `From ${least} to ${most} days.`;
}

export interface Shortened {
  readonly kind: ChangeableKind;
  /** From now on. */
  readonly days: number;
}

/** Kinds of which something may be lost by a request. */
export function shortenedBy(request: RetentionRequest, items: readonly Retention[]): readonly Shortened[] {
  return items.flatMap(({ kind, days: before, rows }) => {
    const name = changeable(kind);
    const days = name === undefined ? undefined : request[name];
    const isLess = days !== undefined && before !== null && days < before && rows > 0;
    return isLess && name !== undefined ? [{ kind: name, days }] : [];
  });
}
