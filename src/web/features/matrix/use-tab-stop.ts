import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type GridPosition, headRow } from './grid-position.ts';
import type { MatrixView } from './matrix-view.ts';

/** The grid's one tab stop, and the way to move the focus there once it is drawn. */
export function useTabStop(grid: RefObject<HTMLElement | null>, view: MatrixView) {
  const [active, setActive] = useState<GridPosition>({ row: '', column: '' });
  const position = useMemo(() => validPosition(active, view), [active, view]);
  const focusNext = useRef(false);
  const focusAt = useCallback((to: GridPosition) => {
    focusNext.current = true;
    setActive(to);
  }, []);
  useEffect(() => {
    if (!focusNext.current) return;
    focusNext.current = false;
    focusTarget(grid.current, position)?.focus({ preventScroll: true });
  }, [grid, position]);
  /** The focus came to an element of the grid by itself. */
  const onFocused = ({ dataset: { row, column } }: HTMLElement) => {
    if (row === undefined || column === undefined || (row === active.row && isGroup(row))) return;
    setActive({ row, column });
  };
  // Before anybody has been in the grid no column has to be kept for the tab stop.
  return { position, keptColumn: active.column, focusAt, onFocused };
}

/** A group's heading is in every column: passing it by keeps the column one came from. */
function isGroup(row: string): boolean {
  return row.startsWith('group:');
}

/** The tab stop stays where it was while that is still shown; else it is the first cell. */
function validPosition(active: GridPosition, view: MatrixView): GridPosition {
  const row = active.row === headRow || view.items.some(({ key }) => key === active.row);
  const column = active.column === '' || view.columns.some(({ name }) => name === active.column);
  if (row && column) return active;
  const first = view.items.find(({ kind }) => kind === 'row') ?? view.items[0];
  return { row: row ? active.row : (first?.key ?? headRow), column: view.columns[0]?.name ?? '' };
}

function focusTarget(grid: HTMLElement | null, { row, column }: GridPosition): HTMLElement | null | undefined {
  const place = isGroup(row) ? '' : `[data-column="${CSS.escape(column)}"]`;
  return grid?.querySelector<HTMLElement>(`[data-row="${CSS.escape(row)}"]${place}`);
}
