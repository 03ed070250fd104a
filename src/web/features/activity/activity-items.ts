import type { Attempt } from '../../lib/attempts.ts';
import { startOfDay } from '../../lib/time-format.ts';

export type ActivityItem =
  | { readonly kind: 'day'; readonly key: string; readonly day: number }
  | {
      readonly kind: 'attempt';
      readonly key: string;
      readonly attempt: Attempt;
      readonly position: number;
      /** Its attempt has all of its events, and not only those that a filter lets through. */
      readonly isWhole: boolean;
      /** Why it still has not all of them, once that is known. */
      readonly lacks?: string | undefined;
    };

/** Attempts under the heading of their day. */
export function itemsByDay(attempts: readonly Attempt[], isWhole: boolean): readonly ActivityItem[] {
  const items: ActivityItem[] = [];
  let day: number | undefined;
  for (const [index, attempt] of attempts.entries()) {
    const own = startOfDay(Date.parse(attempt.head.happened_at));
    if (own !== day) items.push({ kind: 'day', key: `day ${own}`, day: own });
    day = own;
    items.push({ kind: 'attempt', key: attempt.key, attempt, position: index + 1, isWhole });
  }
  return items;
}

export const dayHeight = 36;
const entryHeight = 57;
const eventHeight = 24;

export function itemHeight(item: ActivityItem | undefined, opened: ReadonlySet<string>): number {
  if (item?.kind === 'day') return dayHeight;
  if (!item || !opened.has(item.key)) return entryHeight;
  return entryHeight + detailsHeight(item);
}

/** Its events, one line each, what they lack, then one line for its id, and the room around them. */
export function detailsHeight({ attempt, lacks }: { readonly attempt: Attempt; readonly lacks?: string | undefined }) {
  const { events, facts } = attempt;
  const parents = facts.parent_deployments && facts.parent_deployments.length > 0 ? 1 : 0;
  return (events.length + 1 + parents + (lacks === undefined ? 0 : 1)) * eventHeight + 12;
}
