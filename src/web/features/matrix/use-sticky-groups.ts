import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual';
import { useCallback, useMemo, useRef } from 'react';
import type { MatrixItem } from './matrix-view.ts';

/** Keeps the heading of the rows in sight in the grid, and the row that has the tab stop, wherever it is scrolled to. */
export function useStickyGroups(items: readonly MatrixItem[], activeIndex: number) {
  const heads = useMemo(() => items.flatMap((item, index) => (item.kind === 'group' ? [index] : [])), [items]);
  const sticky = useRef(-1);
  const rangeExtractor = useCallback(
    (range: Range) => {
      sticky.current = heads.findLast((index) => index <= range.startIndex) ?? -1;
      const kept = [sticky.current, activeIndex].filter((index) => index >= 0 && index < range.count);
      return [...new Set([...kept, ...defaultRangeExtractor(range)])].sort((a, b) => a - b);
    },
    [heads, activeIndex],
  );
  return { rangeExtractor, isSticky: (index: number) => index === sticky.current };
}
