import { nativeStatuses } from '../../../contract/statuses.ts';
import { type Tier, tiers } from '../../../contract/tiers.ts';
import { parseSpan, type Span } from '../../lib/day-span.ts';
import { type FlatSearch, listOf, textOf } from '../../lib/flat-search.ts';

/** What is in progress without news for too long; it can be asked for as if it were a status. */
export const staleState = 'stale';

/** All that the matrix page can be asked by its URL. */
export interface MatrixSearch {
  readonly q: string;
  /** Statuses, and `stale`. */
  readonly status: readonly string[];
  readonly tier: readonly Tier[];
  /** Only what changed within this span. */
  readonly since: Span | undefined;
  /** Only what is behind the environment before it. */
  readonly drift: boolean;
  /** Only what the reader deployed. */
  readonly mine: boolean;
  readonly hide: readonly string[];
  readonly pin: readonly string[];
  /** Environments in the order the reader wants; the others follow in the server's. */
  readonly order: readonly string[];
  /** `name`, `changed`, `drift` (furthest behind first), or `env:<name>`: newest change there first. */
  readonly sort: string;
  /** Namespaces whose rows are folded away; '' is that of services without one. */
  readonly fold: readonly string[];
  /** One line a slot instead of two. */
  readonly compact: boolean;
}

export type SearchPatch = FlatSearch;

export function parseMatrixSearch(search: FlatSearch): MatrixSearch {
  return {
    q: textOf(search, 'q') ?? '',
    status: listOf(search, 'status', [...nativeStatuses, staleState]),
    tier: listOf(search, 'tier', tiers),
    since: parseSpan(search),
    drift: textOf(search, 'drift') === '1',
    mine: textOf(search, 'mine') === '1',
    hide: listOf(search, 'hide'),
    pin: listOf(search, 'pin'),
    order: listOf(search, 'order'),
    sort: textOf(search, 'sort') ?? 'name',
    fold: listOf(search, 'fold'),
    compact: textOf(search, 'density') === 'compact',
  };
}

/** Whether slots are filtered, beyond which columns are shown. */
export function isFiltered({ q, status, since, drift, mine, tier }: MatrixSearch): boolean {
  return q !== '' || status.length > 0 || since !== undefined || drift || mine || tier.length > 0;
}

export const noFilters: SearchPatch = {
  q: undefined,
  status: undefined,
  tier: undefined,
  since: undefined,
  drift: undefined,
  mine: undefined,
};
