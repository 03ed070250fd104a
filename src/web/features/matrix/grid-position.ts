import type { SizedColumn } from './grid-geometry.ts';
import type { MatrixItem } from './matrix-view.ts';

/** The row of the column heads; no project's key has a colon. */
export const headRow = ':head';

/** Where the grid's one tab stop is. `row`: a row's or a group's key, or `headRow`; `column`: an environment, or '' for the names. */
export interface GridPosition {
  readonly row: string;
  readonly column: string;
}

interface Steps {
  readonly items: readonly MatrixItem[];
  readonly columns: readonly SizedColumn[];
  /** Rows that fit in sight. */
  readonly page: number;
}

/** Where a key leads, by the ARIA grid pattern; undefined for a key that moves nothing. */
export function nextPosition(
  from: GridPosition,
  key: string,
  withControl: boolean,
  { items, columns, page }: Steps,
): GridPosition | undefined {
  const rows = [headRow, ...items.map(({ key }) => key)];
  const names = ['', ...columns.map(({ name }) => name)];
  const row = Math.max(0, rows.indexOf(from.row));
  const column = Math.max(0, names.indexOf(from.column));
  const last = { row: rows.length - 1, column: names.length - 1 };
  const moves: Readonly<Record<string, readonly [row: number, column: number]>> = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    PageUp: [Math.max(Math.min(1, row), row - page), column],
    PageDown: [row + page, column],
    Home: [withControl ? 1 : row, 0],
    End: [withControl ? last.row : row, last.column],
  };
  const move = moves[key];
  if (!move) return undefined;
  return {
    row: rows[clamp(move[0], last.row)] ?? headRow,
    column: names[clamp(move[1], last.column)] ?? '',
  };
}

function clamp(index: number, last: number): number {
  return Math.min(last, Math.max(0, index));
}
