import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, memo, useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import type { Matrix } from '../../../contract/matrix.ts';
import { projectAt } from '../../../contract/project-path.ts';
import { toggled } from '../../lib/flat-search.ts';
import type { SlotAddress } from '../../lib/slot-address.ts';
import { scrollsPage } from '../../ui/page.tsx';
import { groupHeight, headHeight, itemHeight, measureCharacter, nameWidth, sizeColumns } from './grid-geometry.ts';
import { type GridPosition, headRow, nextPosition } from './grid-position.ts';
import { MatrixHead } from './matrix-head.tsx';
import { type ColumnWindow, GroupRowView, MatrixRowView } from './matrix-row.tsx';
import type { MatrixSearch, SearchPatch } from './matrix-search.ts';
import type { MatrixView } from './matrix-view.ts';
import { useColumnWindow } from './use-column-window.ts';
import { useStickyGroups } from './use-sticky-groups.ts';
import { useTabStop } from './use-tab-stop.ts';
import { useWidth } from './use-width.ts';
import { useVersionLight } from './version-light.ts';

interface MatrixGridProps {
  readonly matrix: Matrix;
  readonly view: MatrixView;
  readonly search: MatrixSearch;
  readonly onSearch: (patch: SearchPatch) => void;
  readonly onOpen: (address: SlotAddress) => void;
}

/** The matrix as an ARIA grid with one tab stop, virtual in both directions. */
export const MatrixGrid = memo(function MatrixGrid({ matrix, view, search, onSearch, onOpen }: MatrixGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const room = useWidth(scroller);
  const characterWidth = useMemo(measureCharacter, []);
  const columns = useMemo(
    () => sizeColumns(view.columns, matrix, room, characterWidth),
    [view.columns, matrix, room, characterWidth],
  );
  const { items, compact } = view;
  const { position, keptColumn, focusAt, onFocused } = useTabStop(scroller, view);
  const activeIndex = useMemo(() => items.findIndex(({ key }) => key === position.row), [items, position.row]);
  const groups = useStickyGroups(items, activeIndex);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => itemHeight(items[index], compact),
    getItemKey: (index) => items[index]?.key ?? index,
    paddingStart: headHeight,
    scrollPaddingStart: headHeight + groupHeight,
    overscan: 2,
    rangeExtractor: groups.rangeExtractor,
  });
  useLayoutEffect(() => rows.measure(), [rows, items, compact]);
  const window = useColumnWindow(scroller, columns, keptColumn);
  const drawn = rows.getVirtualItems();
  const jumped = useJump(rows.range) && rows.isScrolling;
  useVersionLight(scroller);

  const go = (to: GridPosition) => {
    focusAt(to);
    const index = items.findIndex(({ key }) => key === to.row);
    if (index >= 0) rows.scrollToIndex(index);
    window.scrollTo(to.column);
  };
  const onFold = useCallback(
    (namespace: string) => onSearch({ fold: toggled(search.fold, namespace) }),
    [onSearch, search.fold],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement; // listeners on elements get elements
    if (!target.matches('[data-row]') || event.altKey || event.metaKey) return;
    if ((event.key === 'Enter' || event.key === ' ') && open(target)) event.preventDefault();
    const expanded = target.ariaExpanded;
    if (target.dataset['row'] === headRow && event.key === 'ArrowDown' && expanded === 'true') return;
    if (expanded !== null && event.key === (expanded === 'true' ? 'ArrowLeft' : 'ArrowRight')) return target.click();
    const height = (scroller.current?.clientHeight ?? 0) - headHeight;
    const page = Math.max(1, Math.floor(height / itemHeight(undefined, compact)) - 1);
    const to = nextPosition(position, event.key, event.ctrlKey, { items, columns, page });
    if (!to) return;
    event.preventDefault();
    go(to);
  };
  const open = (target: HTMLElement): boolean => {
    const { row, column } = target.dataset;
    if (!row || !column || row === headRow || target.ariaHasPopup !== 'dialog') return false;
    onOpen({ ...projectAt(row), environment: column });
    return true;
  };
  const onClick = (event: MouseEvent) => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[role=gridcell]'); // as above
    if (cell && getSelection()?.isCollapsed !== false) open(cell);
  };
  const onFocus = ({ target }: { target: EventTarget }) => {
    if (target === scroller.current) go(position);
    else onFocused(target as HTMLElement); // as above
  };

  const width = nameWidth + columns.reduce((sum, column) => sum + column.width, 0);
  const columnWindow: ColumnWindow = window.shown;
  // Scrolled away by the pointer, the tab stop is not drawn: then the grid takes the focus and passes it on.
  const stopIsDrawn =
    position.column === '' ||
    [...columnWindow.pinned, ...columnWindow.seen].some(({ name }) => name === position.column);
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label="Deployments by service and environment"
      aria-rowcount={items.length + 1}
      aria-colcount={columns.length + 1}
      tabIndex={stopIsDrawn ? undefined : 0}
      {...scrollsPage}
      className="relative h-full overflow-auto overscroll-contain"
      onKeyDown={onKeyDown}
      onClick={onClick}
      onFocus={onFocus}
    >
      <div role="presentation" className="relative" style={{ height: rows.getTotalSize(), width }}>
        <MatrixHead
          window={columnWindow}
          columns={columns}
          failedBy={view.failedBy}
          width={width}
          search={search}
          onSearch={onSearch}
          activeColumn={position.row === headRow ? position.column : undefined}
        />
        {drawn.map(({ index, start, size, key }) => {
          const item = items[index];
          if (!item) return null;
          const active = position.row === item.key;
          const place = { rowIndex: index + 2, height: size, width };
          if (item.kind === 'group') {
            return (
              <GroupRowView
                key={key}
                {...place}
                item={item}
                columns={columns.length + 1}
                top={groups.isSticky(index) ? undefined : start}
                stickAt={headHeight}
                active={active}
                onFold={onFold}
              />
            );
          }
          return (
            <MatrixRowView
              key={key}
              {...place}
              row={item.row}
              rowKey={item.key}
              fullName={item.fullName}
              compact={compact}
              window={columnWindow}
              top={start}
              activeColumn={active ? position.column : undefined}
              matches={view.matches}
              late={jumped}
            />
          );
        })}
      </div>
    </div>
  );
});

/** Whether none of the rows in sight was in sight before: the reader drags the bar. */
function useJump(range: { readonly startIndex: number; readonly endIndex: number } | null): boolean {
  const before = useRef(range);
  useLayoutEffect(() => {
    before.current = range;
  });
  const seen = before.current;
  return range !== null && seen !== null && (range.startIndex > seen.endIndex || range.endIndex < seen.startIndex);
}
