import type { Matrix, MatrixRow, MatrixSlot } from '../../../contract/matrix.ts';
import { slotIn } from '../../../contract/slots.ts';
import { projectKey } from '../../lib/project-name.ts';
import { type ArrangedColumn, arrangeColumns } from './column-arrangement.ts';
import type { MatrixSearch } from './matrix-search.ts';
import { changedAt, rowMatcher, slotMatcher } from './slot-filter.ts';
import { extraLines } from './slot-text.ts';

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
  readonly services: number;
  readonly failed: number;
}

export type MatrixItem = RowItem | GroupItem;

export interface MatrixCounts {
  readonly services: number;
  readonly environments: number;
  readonly running: number;
  readonly waiting: number;
  readonly failed: number;
}

export interface MatrixView {
  readonly columns: readonly ArrangedColumn[];
  readonly items: readonly MatrixItem[];
  readonly counts: MatrixCounts;
  /** Failed slots by environment. */
  readonly failedBy: ReadonlyMap<string, number>;
  /** Slots the filters ask for, where they tell slots apart. */
  readonly matches: ((slot: MatrixSlot) => boolean) | undefined;
}

interface Reader {
  readonly username: string | null;
  readonly now: number;
}

/** What the page shows of the matrix, by the URL. */
export function viewMatrix(matrix: Matrix, search: MatrixSearch, reader: Reader): MatrixView {
  const columns = arrangeColumns(matrix.columns, search);
  const environments = columns.map(({ name }) => name);
  const wantsRow = rowMatcher(search.q, environments);
  const matches = slotMatcher(search, reader);
  const rows = matrix.rows.filter((row) => {
    const slots = shownSlots(row, environments);
    return slots.length > 0 && wantsRow(row) && (!matches || slots.some(matches));
  });
  const grouped = search.sort === 'name' && rows.some(({ namespace }) => namespace !== undefined);
  const sorted = search.sort === 'name' ? rows : sortByChange(rows, search.sort, environments);
  return {
    columns,
    items: grouped ? groupRows(sorted, environments) : sorted.map((row) => rowItem(row, environments, true)),
    counts: count(rows, environments),
    failedBy: countFailed(rows, environments),
    matches,
  };
}

function shownSlots(row: MatrixRow, environments: readonly string[]): readonly MatrixSlot[] {
  return environments.map((environment) => slotIn(row, environment)).filter((slot) => slot !== undefined);
}

function sortByChange(rows: readonly MatrixRow[], sort: string, environments: readonly string[]): readonly MatrixRow[] {
  const [, only] = /^env:(.*)$/s.exec(sort) ?? [];
  const over = only === undefined ? environments : [only];
  const newest = new Map(rows.map((row) => [row, Math.max(0, ...shownSlots(row, over).map(changedAt))]));
  return [...rows].sort((a, b) => (newest.get(b) ?? 0) - (newest.get(a) ?? 0));
}

function rowItem(row: MatrixRow, environments: readonly string[], fullName: boolean): RowItem {
  const lines = shownSlots(row, environments).map(extraLines);
  return { kind: 'row', key: projectKey(row), row, fullName, extraLines: Math.max(0, ...lines) };
}

function groupRows(rows: readonly MatrixRow[], environments: readonly string[]): readonly MatrixItem[] {
  const groups = new Map<string, MatrixRow[]>();
  for (const row of rows) {
    const members = groups.get(row.namespace ?? '');
    if (members) members.push(row);
    else groups.set(row.namespace ?? '', [row]);
  }
  return [...groups].flatMap(([namespace, members]) => [
    {
      kind: 'group' as const,
      key: `group:${namespace}`,
      name: namespace,
      services: members.length,
      failed: count(members, environments).failed,
    },
    ...members.map((row) => rowItem(row, environments, false)),
  ]);
}

function count(rows: readonly MatrixRow[], environments: readonly string[]): MatrixCounts {
  const slots = rows.flatMap((row) => shownSlots(row, environments));
  const how = (status: string) =>
    slots.filter(({ current, next }) => current.status === status || next?.status === status).length;
  return {
    services: rows.length,
    environments: environments.length,
    running: how('in-progress'),
    waiting: how('waiting'),
    failed: slots.filter(({ current }) => current.status === 'failure').length,
  };
}

function countFailed(rows: readonly MatrixRow[], environments: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    environments.map((environment) => [
      environment,
      rows.filter((row) => slotIn(row, environment)?.current.status === 'failure').length,
    ]),
  );
}
