import type { Matrix, MatrixRow, MatrixSlot } from '../../../contract/matrix.ts';
import { projectPath } from '../../../contract/project-path.ts';
import { slotIn } from '../../../contract/slots.ts';
import { type ArrangedColumn, arrangeColumns } from './column-arrangement.ts';
import type { MatrixSearch } from './matrix-search.ts';
import { furthestBehind, newestChange, type RowSummary, summariseRow } from './row-summary.ts';
import { rowMatcher, slotMatcher } from './slot-filter.ts';

export interface RowItem {
  readonly kind: 'row';
  readonly key: string;
  readonly row: MatrixRow;
  /** Show the namespace beside the service, as no group heading says it. */
  readonly fullName: boolean;
  /** Lines its tallest slot needs below the first two. */
  readonly extraLines: number;
}

export interface GroupItem {
  readonly kind: 'group';
  readonly key: string;
  readonly name: string;
  readonly folded: boolean;
  readonly services: number;
  readonly running: number;
  readonly waiting: number;
  readonly failed: number;
  readonly stale: number;
}

export type MatrixItem = RowItem | GroupItem;

export interface MatrixCounts {
  readonly services: number;
  readonly environments: number;
  readonly running: number;
  readonly waiting: number;
  readonly failed: number;
  readonly stale: number;
}

export interface MatrixView {
  readonly columns: readonly ArrangedColumn[];
  readonly items: readonly MatrixItem[];
  /** Namespaces that head a group; none where rows are not grouped. */
  readonly groups: readonly string[];
  readonly counts: MatrixCounts;
  /** Failed slots by environment. */
  readonly failedBy: ReadonlyMap<string, number>;
  /** Slots the filters ask for, where they tell slots apart. */
  readonly matches: ((slot: MatrixSlot) => boolean) | undefined;
  readonly compact: boolean;
}

interface Reader {
  readonly username: string | null;
  readonly now: number;
}

interface FoundRow {
  readonly row: MatrixRow;
  readonly summary: RowSummary;
}

/** What the page shows of the matrix, by the URL. */
export function viewMatrix(matrix: Matrix, search: MatrixSearch, reader: Reader): MatrixView {
  const columns = arrangeColumns(matrix.columns, search);
  const environments = columns.map(({ name }) => name);
  const wantsRow = rowMatcher(search.q, environments);
  const matches = slotMatcher(search, reader);
  const found: FoundRow[] = [];
  for (const row of matrix.rows) {
    if (!wantsRow(row)) continue;
    const summary = summariseRow(row, environments, matches, reader.now);
    if (summary.slots > 0 && summary.wanted) found.push({ row, summary });
  }
  const grouped = search.sort === 'name' && found.some(({ row }) => row.namespace !== undefined);
  const groups = grouped ? groupRows(found) : new Map<string, FoundRow[]>();
  return {
    columns,
    items: grouped ? groupItems(groups, search) : sortRows(found, search.sort, environments).map(ownItem),
    groups: [...groups.keys()],
    counts: { services: found.length, environments: environments.length, ...total(found) },
    failedBy: countFailed(found, environments),
    matches,
    compact: search.compact,
  };
}

function sortRows(rows: readonly FoundRow[], sort: string, environments: readonly string[]): readonly FoundRow[] {
  if (sort === 'name') return rows;
  const [, only] = /^env:(.*)$/s.exec(sort) ?? [];
  const over = only === undefined ? environments : [only];
  const measure = sort === 'drift' ? furthestBehind : newestChange;
  const measured = rows.map((found) => ({ found, by: measure(found.row, over) }));
  return measured.sort((a, b) => b.by - a.by).map(({ found }) => found);
}

const ownItem = (found: FoundRow) => rowItem(found, true);

function rowItem({ row, summary }: FoundRow, fullName: boolean): RowItem {
  return { kind: 'row', key: projectPath(row), row, fullName, extraLines: summary.extraLines };
}

function groupRows(rows: readonly FoundRow[]): ReadonlyMap<string, FoundRow[]> {
  const groups = new Map<string, FoundRow[]>();
  for (const found of rows) {
    const name = found.row.namespace ?? '';
    const members = groups.get(name);
    if (members) members.push(found);
    else groups.set(name, [found]);
  }
  return groups;
}

/** Who searches by text sees all that is found, also where it is folded away. */
function groupItems(groups: ReadonlyMap<string, FoundRow[]>, { fold, q }: MatrixSearch): readonly MatrixItem[] {
  const items: MatrixItem[] = [];
  for (const [name, members] of groups) {
    const folded = q === '' && fold.includes(name);
    items.push({ kind: 'group', key: `group:${name}`, name, folded, services: members.length, ...total(members) });
    if (!folded) for (const found of members) items.push(rowItem(found, false));
  }
  return items;
}

function total(rows: readonly FoundRow[]) {
  const sum = { running: 0, waiting: 0, failed: 0, stale: 0 };
  for (const { summary } of rows) {
    sum.running += summary.running;
    sum.waiting += summary.waiting;
    sum.failed += summary.failed;
    sum.stale += summary.stale;
  }
  return sum;
}

function countFailed(rows: readonly FoundRow[], environments: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { row, summary } of rows) {
    if (summary.failed === 0) continue;
    for (const environment of environments) {
      if (slotIn(row, environment)?.current.status === 'failure')
        counts.set(environment, (counts.get(environment) ?? 0) + 1);
    }
  }
  return counts;
}
