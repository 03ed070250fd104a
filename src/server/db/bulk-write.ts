import type { BulkWrite } from './database.ts';

/** What all writes of one kind have in common. */
interface WriteShape {
  /** Tells this kind from every other. */
  readonly shape: string;
  /** The columns that are given; the others get their defaults. */
  readonly names: readonly string[];
  /** The `on conflict` clause that replaces a row; both databases read it alike. Empty for an insert. */
  readonly replacing: string;
}

export type PlannedWrite = BulkWrite & WriteShape;

/** Says how writes are to be put, and remembers it: there are few kinds of them, and each batch has several. */
export class WritePlanner {
  readonly #shapes = new Map<string, WriteShape>();

  /** The writes that have rows, each column that hardly any row gives left out where no row does. */
  plan(writes: readonly BulkWrite[]): PlannedWrite[] {
    return writes.filter(({ rows }) => rows.length > 0).map((write) => ({ ...write, ...this.#shapeOf(write) }));
  }

  #shapeOf(write: BulkWrite): WriteShape {
    const { table, columns, rows, key = [], rare = [] } = write;
    const absent = rare.filter((name) => rows.every((row) => row[name] === undefined));
    const shape = `${table} ${Object.keys(columns).length} ${key} ${absent}`;
    const known = this.#shapes.get(shape);
    if (known) return known;
    const names = Object.keys(columns).filter((name) => !absent.includes(name));
    const made = { shape, names, replacing: replaceClause(write) };
    this.#shapes.set(shape, made);
    return made;
  }
}

/** Of a column that is left out, `excluded` holds its default. */
function replaceClause({ columns, key, fixed = [] }: BulkWrite): string {
  if (!key) return '';
  const replaced = Object.keys(columns).filter((name) => !key.includes(name) && !fixed.includes(name));
  if (replaced.length === 0) return `on conflict (${key.join(', ')}) do nothing`;
  return `on conflict (${key.join(', ')}) do update set ${replaced.map((name) => `${name} = excluded.${name}`).join(', ')}`;
}
