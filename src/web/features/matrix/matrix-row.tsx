import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { MatrixSlot } from '../../../contract/matrix.ts';
import { slotIn } from '../../../contract/slots.ts';
import { projectName } from '../../lib/project-name.ts';
import { nameWidth, type SizedColumn } from './grid-geometry.ts';
import type { GroupItem, RowItem } from './matrix-view.ts';
import { SlotCell } from './slot-cell.tsx';

export interface ColumnWindow {
  readonly pinned: readonly SizedColumn[];
  /** Unpinned columns in sight. */
  readonly seen: readonly SizedColumn[];
  /** Empty room in place of the unpinned columns left of sight. */
  readonly before: number;
  /** Place of each environment among all columns; the names are 1. */
  readonly indexes: ReadonlyMap<string, number>;
}

interface MatrixRowProps {
  readonly item: RowItem;
  readonly window: ColumnWindow;
  readonly rowIndex: number;
  readonly top: number;
  readonly height: number;
  readonly width: number;
  /** The column that has the grid's tab stop, where it is in this row. */
  readonly activeColumn: string | undefined;
  readonly matches: ((slot: MatrixSlot) => boolean) | undefined;
}

export const MatrixRowView = memo(function MatrixRowView(props: MatrixRowProps) {
  const { item, window, activeColumn, matches } = props;
  const { row } = item;
  const project = projectName(row);
  const cell = (column: SizedColumn) => {
    const slot = slotIn(row, column.name);
    return (
      <SlotCell
        key={column.name}
        project={project}
        rowKey={item.key}
        environment={column.name}
        columnIndex={window.indexes.get(column.name) ?? 1}
        slot={slot}
        width={column.width}
        stickAt={column.pinned ? nameWidth + column.start : undefined}
        active={activeColumn === column.name}
        dim={slot !== undefined && matches !== undefined && !matches(slot)}
      />
    );
  };
  return (
    <div
      role="row"
      aria-rowindex={props.rowIndex}
      className="absolute left-0 flex border-b"
      style={{ top: props.top, height: props.height, width: props.width }}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        className="sticky left-0 z-[2] flex shrink-0 items-start border-r bg-canvas py-1 pr-2 pl-3"
        style={{ width: nameWidth }}
      >
        <Link
          to="/activity"
          search={{ service: row.service, namespace: row.namespace ?? '' }}
          tabIndex={activeColumn === '' ? 0 : -1}
          data-row={item.key}
          data-column=""
          data-tip={`${project}\nOpen its activity`}
          aria-label={project}
          className="max-w-full truncate rounded-[3px] px-1 py-0.5 font-medium hover:underline"
        >
          {item.fullName && row.namespace ? <span className="font-normal text-muted">{row.namespace}/</span> : null}
          {row.service}
        </Link>
      </div>
      {window.pinned.map(cell)}
      <div aria-hidden className="shrink-0" style={{ width: window.before }} />
      {window.seen.map(cell)}
    </div>
  );
});

interface GroupRowProps {
  readonly item: GroupItem;
  readonly rowIndex: number;
  readonly columns: number;
  /** Its place; undefined: it sticks below the heads. */
  readonly top: number | undefined;
  readonly stickAt: number;
  readonly height: number;
  readonly width: number;
}

/** The heading of a namespace; that of the rows in sight stays in sight. */
export const GroupRowView = memo(function GroupRowView({
  item,
  rowIndex,
  columns,
  top,
  stickAt,
  height,
  width,
}: GroupRowProps) {
  const place = top === undefined ? { top: stickAt } : { top };
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      className={`left-0 z-[3] border-b bg-surface ${top === undefined ? 'sticky' : 'absolute'}`}
      style={{ ...place, height, width }}
    >
      <div role="rowheader" aria-colspan={columns} className="sticky left-0 flex h-full w-fit items-center gap-2 px-4">
        <span className="font-semibold">{item.name === '' ? 'No namespace' : item.name}</span>
        <span className="text-sm text-muted">
          {item.services} {item.services === 1 ? 'service' : 'services'}
        </span>
        {item.failed > 0 ? <span className="text-sm font-medium text-failed">{item.failed} failed</span> : null}
      </div>
    </div>
  );
});
