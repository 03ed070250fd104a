import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useMemo } from 'react';
import { nameWidth, type SizedColumn } from './grid-geometry.ts';
import type { ColumnWindow } from './matrix-row.tsx';

/** Which columns are drawn: the pinned ones, and of the others those in sight, up to the one that has the tab stop. */
export function useColumnWindow(
  scroller: RefObject<HTMLElement | null>,
  columns: readonly SizedColumn[],
  activeColumn: string,
) {
  const pinned = useMemo(() => columns.filter((column) => column.pinned), [columns]);
  const loose = useMemo(() => columns.filter((column) => !column.pinned), [columns]);
  const stuck = nameWidth + pinned.reduce((sum, column) => sum + column.width, 0);
  const activeIndex = loose.findIndex(({ name }) => name === activeColumn);
  const virtual = useVirtualizer({
    horizontal: true,
    count: loose.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => loose[index]?.width ?? 0,
    paddingStart: stuck,
    scrollPaddingStart: stuck,
    overscan: 1,
    // Cells follow each other in a row, so the columns drawn are one stretch that reaches the active one.
    rangeExtractor: (range) => {
      if (activeIndex < 0) return defaultRangeExtractor(range);
      const startIndex = Math.min(range.startIndex, activeIndex);
      return defaultRangeExtractor({ ...range, startIndex, endIndex: Math.max(range.endIndex, activeIndex) });
    },
  });
  useLayoutEffect(() => virtual.measure(), [virtual, loose, stuck]);
  const seen = virtual.getVirtualItems();
  const first = seen[0]?.index ?? 0;
  const last = seen.at(-1)?.index ?? -1;
  const shown = useMemo<ColumnWindow>(
    () => ({
      pinned,
      seen: loose.slice(first, last + 1),
      before: loose.slice(0, first).reduce((sum, column) => sum + column.width, 0),
      indexes: new Map(columns.map(({ name }, index) => [name, index + 2])),
    }),
    [pinned, loose, columns, first, last],
  );
  const scrollTo = (name: string) => {
    const index = loose.findIndex((column) => column.name === name);
    if (index >= 0) virtual.scrollToIndex(index);
    else if (name === '') scroller.current?.scrollTo({ left: 0 });
  };
  return { shown, scrollTo };
}
