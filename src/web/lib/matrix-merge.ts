import type { Matrix, MatrixRow } from '../../contract/matrix.ts';
import { projectPath } from '../../contract/project-path.ts';

/**
 * Whether a partial answer belongs to what is known. Not from another log, or from one that goes back behind ours: the
 * server was restored from a backup. Nor where the reader sees other projects now: by another name, or let in or put out.
 */
export function mayMerge(before: Matrix, changes: Matrix): boolean {
  return changes.log === before.log && changes.seen_by === before.seen_by && changes.version >= before.version;
}

/** Lays a partial answer (`since`) over the matrix before it. Rows and slots that did not change stay the same objects. */
export function mergeMatrix(before: Matrix, changes: Matrix): Matrix {
  if (changes.rows.length === 0) return { ...changes, rows: before.rows };
  const changed = new Map(changes.rows.map((row) => [projectPath(row), row]));
  const rows = before.rows.map((row) => {
    const news = changed.get(projectPath(row));
    changed.delete(projectPath(row));
    return news ? { ...row, slots: { ...row.slots, ...news.slots } } : row;
  });
  if (changed.size > 0) rows.push(...changed.values());
  return { ...changes, rows: changed.size > 0 ? rows.sort(compareRows) : rows };
}

/** The server's order: without a namespace first, then by namespace, then by service. */
function compareRows(a: MatrixRow, b: MatrixRow): number {
  return compareText(a.namespace ?? '', b.namespace ?? '') || compareText(a.service, b.service);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
