import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Matrix } from '../../../contract/matrix.ts';
import { parseSlotAddress, type SlotAddress } from '../../lib/slot-address.ts';
import { groupHeight, headHeight, itemHeight, measureCharacter, nameWidth, sizeColumns } from './grid-geometry.ts';
import { type GridPosition, nextPosition } from './grid-position.ts';
import { MatrixHead } from './matrix-head.tsx';
import { type ColumnWindow, GroupRowView, MatrixRowView } from './matrix-row.tsx';
import type { MatrixSearch, SearchPatch } from './matrix-search.ts';
import type { MatrixView } from './matrix-view.ts';
import { useColumnWindow } from './use-column-window.ts';
import { useStickyGroups } from './use-sticky-groups.ts';
import { useVersionLight } from './version-light.ts';

interface MatrixGridProps {
  readonly matrix: Matrix;
  readonly view: MatrixView;
  readonly search: MatrixSearch;
  readonly onSearch: (patch: SearchPatch) => void;
  readonly onOpen: (address: SlotAddress) => void;
}

/** The matrix as an ARIA grid with one tab stop, virtual in both directions. */
export function MatrixGrid({ matrix, view, search, onSearch, onOpen }: MatrixGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const room = useWidth(scroller);
  const characterWidth = useMemo(measureCharacter, []);
  const columns = useMemo(
    () => sizeColumns(view.columns, matrix, room, characterWidth),
    [view.columns, matrix, room, characterWidth],
  );
  const { items } = view;
  const [active, setActive] = useState<GridPosition>({ row: '', column: '' });
  const position = useMemo(() => validPosition(active, view), [active, view]);
  const activeIndex = items.findIndex(({ key }) => key === position.row);
  const groups = useStickyGroups(items, activeIndex);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => itemHeight(items[index]),
    getItemKey: (index) => items[index]?.key ?? index,
    paddingStart: headHeight,
    scrollPaddingStart: headHeight + groupHeight,
    overscan: 4,
    rangeExtractor: groups.rangeExtractor,
  });
  useLayoutEffect(() => rows.measure(), [rows, items]);
  const window = useColumnWindow(scroller, columns, active.column);
  useVersionLight(scroller);

  const focusNext = useRef(false);
  const go = useCallback(
    (to: GridPosition) => {
      focusNext.current = true;
      setActive(to);
      const index = items.findIndex(({ key }) => key === to.row);
      if (index >= 0) rows.scrollToIndex(index);
      window.scrollTo(to.column);
    },
    [items, rows, window],
  );
  useEffect(() => {
    if (!focusNext.current) return;
    focusNext.current = false;
    focusTarget(scroller.current, position)?.focus({ preventScroll: true });
  }, [position]);

  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement; // listeners on elements get elements
    if (!target.matches('[data-row]') || event.altKey || event.metaKey) return;
    if ((event.key === 'Enter' || event.key === ' ') && open(target)) event.preventDefault();
    const page = Math.max(
      1,
      Math.floor(((scroller.current?.clientHeight ?? 0) - headHeight) / itemHeight(undefined)) - 1,
    );
    const to = nextPosition(position, event.key, event.ctrlKey, { items, columns, page });
    if (!to || (target.dataset['row'] === 'head' && event.key === 'ArrowDown' && target.dataset['state'] === 'open'))
      return;
    event.preventDefault();
    go(to);
  };
  const open = (target: HTMLElement): boolean => {
    const { row, column } = target.dataset;
    if (!row || !column || row === 'head' || target.ariaHasPopup !== 'dialog') return false;
    const address = parseSlotAddress(`${row}@${encodeURIComponent(column)}`);
    if (address) onOpen(address);
    return address !== undefined;
  };
  const onClick = (event: MouseEvent) => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[role=gridcell]'); // as above
    if (cell && getSelection()?.isCollapsed !== false) open(cell);
  };
  const onFocus = ({ target }: { target: EventTarget }) => {
    if (target === scroller.current) return go(position);
    const { row, column } = (target as HTMLElement).dataset; // as above
    if (row !== undefined && column !== undefined) setActive({ row, column });
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
          activeColumn={position.row === 'head' ? position.column : undefined}
        />
        {rows.getVirtualItems().map(({ index, start, size, key }) => {
          const item = items[index];
          if (!item) return null;
          if (item.kind === 'group') {
            return (
              <GroupRowView
                key={key}
                item={item}
                rowIndex={index + 2}
                columns={columns.length + 1}
                top={groups.isSticky(index) ? undefined : start}
                stickAt={headHeight}
                height={size}
                width={width}
              />
            );
          }
          return (
            <MatrixRowView
              key={key}
              item={item}
              window={columnWindow}
              rowIndex={index + 2}
              top={start}
              height={size}
              width={width}
              activeColumn={position.row === item.key ? position.column : undefined}
              matches={view.matches}
            />
          );
        })}
      </div>
    </div>
  );
}

/** The tab stop stays where it was while that is still shown; else it is the first cell. */
function validPosition(active: GridPosition, view: MatrixView): GridPosition {
  const row = active.row === 'head' || view.items.some(({ key }) => key === active.row);
  const column = active.column === '' || view.columns.some(({ name }) => name === active.column);
  if (row && column) return active;
  return {
    row: row ? active.row : (view.items.find(({ kind }) => kind === 'row')?.key ?? 'head'),
    column: view.columns[0]?.name ?? '',
  };
}

function focusTarget(grid: HTMLElement | null, { row, column }: GridPosition): HTMLElement | null | undefined {
  return grid?.querySelector<HTMLElement>(`[data-row="${CSS.escape(row)}"][data-column="${CSS.escape(column)}"]`);
}

function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return;
    setWidth(target.clientWidth);
    const observer = new ResizeObserver(() => setWidth(target.clientWidth));
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
