import type { BulkWrite } from './database.ts';

/** A write with the columns that it gives, those that it leaves to their defaults taken away. */
export interface PlannedWrite extends BulkWrite {
  readonly names: readonly string[];
  /** The `on conflict` clause that replaces a row; both databases read it alike. Empty for an insert. */
  readonly replacing: string;
}

/** The writes that have rows, each column that hardly any row gives left out where no row does. */
export function planWrites(writes: readonly BulkWrite[]): PlannedWrite[] {
  return writes
    .filter(({ rows }) => rows.length > 0)
    .map((write) => {
      const { columns, rows, rare = [] } = write;
      const absent = new Set(rare.filter((name) => rows.every((row) => row[name] === undefined)));
      const names = Object.keys(columns).filter((name) => !absent.has(name));
      return { ...write, names, replacing: replaceClause(write) };
    });
}

/** Of a column that is left out, `excluded` holds its default. */
function replaceClause({ columns, key, fixed = [] }: BulkWrite): string {
  if (!key) return '';
  const replaced = Object.keys(columns).filter((name) => !key.includes(name) && !fixed.includes(name));
  return `on conflict (${key.join(', ')}) do update set ${replaced.map((name) => `${name} = excluded.${name}`).join(', ')}`;
}
