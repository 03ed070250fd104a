import { ArrowDown, ArrowLeft, ArrowRight, ChevronDown, EyeOff, Pin, PinOff } from 'lucide-react';
import { memo } from 'react';
import { toggled } from '../../lib/flat-search.ts';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { moveColumn } from './column-arrangement.ts';
import { headHeight, nameWidth, type SizedColumn } from './grid-geometry.ts';
import { headRow } from './grid-position.ts';
import type { ColumnWindow } from './matrix-row.tsx';
import type { MatrixSearch, SearchPatch } from './matrix-search.ts';

interface MatrixHeadProps {
  readonly window: ColumnWindow;
  readonly columns: readonly SizedColumn[];
  readonly failedBy: ReadonlyMap<string, number>;
  readonly width: number;
  readonly search: MatrixSearch;
  readonly onSearch: (patch: SearchPatch) => void;
  readonly activeColumn: string | undefined;
}

const sortWords: Readonly<Record<string, string>> = {
  name: 'by name',
  changed: 'newest first',
  drift: 'furthest behind first',
};

export const MatrixHead = memo(function MatrixHead(props: MatrixHeadProps) {
  const { window, search, onSearch, activeColumn } = props;
  const head = (column: SizedColumn) => (
    <div
      key={column.name}
      role="columnheader"
      aria-colindex={window.indexes.get(column.name) ?? 1}
      aria-sort={search.sort === `env:${column.name}` ? 'descending' : undefined}
      style={{ width: column.width, left: column.pinned ? nameWidth + column.start : undefined }}
      className={`shrink-0 bg-canvas p-[3px] ${column.pinned ? 'sticky z-[1]' : ''}`}
    >
      <ColumnHead {...props} column={column} />
    </div>
  );
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="sticky top-0 z-10 flex border-b bg-canvas"
      style={{ height: headHeight, width: props.width }}
    >
      <div
        role="columnheader"
        aria-colindex={1}
        aria-sort={search.sort === 'name' ? 'ascending' : undefined}
        className="sticky left-0 z-[2] flex shrink-0 items-center border-r bg-canvas pr-2 pl-3"
        style={{ width: nameWidth }}
      >
        <button
          type="button"
          tabIndex={activeColumn === '' ? 0 : -1}
          data-row={headRow}
          data-column=""
          data-tip={search.sort === 'name' ? 'Sorted by name. Sort by the newest change' : 'Sort by name'}
          className="inline-flex items-center gap-1 rounded px-1 py-0.5 font-medium text-soft hover:text-fg"
          onClick={() => onSearch({ sort: search.sort === 'name' ? 'changed' : undefined })}
        >
          Service
          <span className="text-sm font-normal text-muted">{sortWords[search.sort]}</span>
        </button>
      </div>
      {window.pinned.map(head)}
      <div aria-hidden className="shrink-0" style={{ width: window.before }} />
      {window.seen.map(head)}
    </div>
  );
});

function ColumnHead({
  column,
  columns,
  failedBy,
  search,
  onSearch,
  activeColumn,
}: MatrixHeadProps & { column: SizedColumn }) {
  const { name, tier, pinned } = column;
  const failed = failedBy.get(name) ?? 0;
  const index = columns.indexOf(column);
  const sorted = search.sort === `env:${name}`;
  const Mark = sorted ? ArrowDown : pinned ? Pin : ChevronDown;
  return (
    <Menu
      trigger={
        <button
          type="button"
          tabIndex={activeColumn === name ? 0 : -1}
          data-row={headRow}
          data-column={name}
          className="group/head flex h-full w-full min-w-0 flex-col justify-center rounded px-2 text-left hover:bg-hover data-[state=open]:bg-hover"
        >
          <span className="flex w-full items-center gap-1">
            <span className="truncate font-medium">{name}</span>
            <Mark
              aria-hidden
              size={13}
              className={`shrink-0 text-muted ${sorted || pinned ? '' : 'opacity-0 group-hover/head:opacity-100 group-focus-visible/head:opacity-100'}`}
            />
          </span>
          <span className="flex h-4 gap-1.5 text-xs text-muted">
            {tier === name ? null : <span>{tier}</span>}
            {failed > 0 ? <span className="font-medium text-failed">{failed} failed</span> : null}
          </span>
        </button>
      }
    >
      <MenuItem icon={<ArrowDown size={14} />} onSelect={() => onSearch({ sort: sorted ? undefined : `env:${name}` })}>
        {sorted ? 'Sort by name' : 'Newest change first'}
      </MenuItem>
      <MenuLine />
      <MenuItem
        icon={pinned ? <PinOff size={14} /> : <Pin size={14} />}
        onSelect={() => onSearch({ pin: toggled(search.pin, name) })}
      >
        {pinned ? 'Unpin' : 'Pin to the left'}
      </MenuItem>
      <MenuItem
        icon={<ArrowLeft size={14} />}
        disabled={index <= 0}
        onSelect={() => onSearch({ order: moveColumn(columns, name, -1) })}
      >
        Move left
      </MenuItem>
      <MenuItem
        icon={<ArrowRight size={14} />}
        disabled={index === columns.length - 1}
        onSelect={() => onSearch({ order: moveColumn(columns, name, 1) })}
      >
        Move right
      </MenuItem>
      <MenuLine />
      <MenuItem
        icon={<EyeOff size={14} />}
        disabled={columns.length === 1}
        onSelect={() => onSearch({ hide: toggled(search.hide, name) })}
      >
        Hide
      </MenuItem>
    </Menu>
  );
}
