import { nativeStatuses } from '../../../contract/statuses.ts';
import { type Tier, tiers } from '../../../contract/tiers.ts';
import { type FlatSearch, listOf, textOf } from '../../lib/flat-search.ts';

export const spans = { '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000 } as const;
export type Span = keyof typeof spans;

/** All that the matrix page can be asked by its URL. */
export interface MatrixSearch {
  readonly q: string;
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
  const since = textOf(search, 'since');
  return {
    q: textOf(search, 'q') ?? '',
    status: listOf(search, 'status', nativeStatuses),
    tier: listOf(search, 'tier', tiers),
    since: since !== undefined && Object.hasOwn(spans, since) ? (since as Span) : undefined, // checked on the left
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
