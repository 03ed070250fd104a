import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { memo, useDeferredValue } from 'react';
import type { MatrixRow, MatrixSlot } from '../../../contract/matrix.ts';
import { projectPath } from '../../../contract/project-path.ts';
import { slotIn } from '../../../contract/slots.ts';
import { projectName } from '../../lib/project-name.ts';
import { nameWidth, type SizedColumn } from './grid-geometry.ts';
import { GroupCounts, groupName } from './group-counts.tsx';
import { LazyFrozenMark } from './lazy-frozen-mark.tsx';
import type { GroupItem } from './matrix-view.ts';
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
  readonly row: MatrixRow;
  readonly rowKey: string;
  /** Show the namespace beside the service. */
  readonly fullName: boolean;
  readonly compact: boolean;
  readonly window: ColumnWindow;
  readonly rowIndex: number;
  readonly top: number;
  readonly height: number;
  readonly width: number;
  /** The column that has the grid's tab stop, where it is in this row. */
  readonly activeColumn: string | undefined;
  readonly matches: ((slot: MatrixSlot) => boolean) | undefined;
  /** Draw the name first and the slots as soon as there is time: many rows come at once. */
  readonly late: boolean;
}

export const MatrixRowView = memo(function MatrixRowView(props: MatrixRowProps) {
  const { row, rowKey, compact, window, activeColumn, matches } = props;
  const hasTime = useDeferredValue(true, !props.late);
  const drawsSlots = hasTime || activeColumn !== undefined;
  const project = projectName(row);
  const cell = (column: SizedColumn) => {
    const slot = slotIn(row, column.name);
    return (
      <SlotCell
        key={column.name}
        project={project}
        rowKey={rowKey}
        environment={column.name}
        columnIndex={window.indexes.get(column.name) ?? 1}
        slot={slot}
        width={column.width}
        stickAt={column.pinned ? nameWidth + column.start : undefined}
        compact={compact}
        active={activeColumn === column.name}
        dim={slot !== undefined && matches !== undefined && !matches(slot)}
      />
    );
  };
  return (
    <div
      role="row"
      aria-rowindex={props.rowIndex}
      className="absolute left-0 flex border-b contain-strict"
      style={{ top: props.top, height: props.height, width: props.width }}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        className={`sticky left-0 z-[2] flex shrink-0 items-start border-r bg-canvas pr-2 pl-3 ${compact ? 'py-0.5' : 'py-1'}`}
        style={{ width: nameWidth }}
      >
        <Link
          to="/projects/$project"
          params={{ project: projectPath(row) }}
          tabIndex={activeColumn === '' ? 0 : -1}
          data-row={rowKey}
          data-column=""
          data-tip={`${project}\nOpen the project`}
          aria-label={project}
          className="max-w-full truncate rounded-[3px] px-1 py-0.5 font-medium hover:underline"
        >
          {props.fullName && row.namespace ? <span className="font-normal text-muted">{row.namespace}/</span> : null}
          {row.service}
        </Link>
        <LazyFrozenMark project={projectPath(row)} />
      </div>
      {drawsSlots ? window.pinned.map(cell) : null}
      <div aria-hidden className="shrink-0" style={{ width: window.before }} />
      {drawsSlots ? window.seen.map(cell) : null}
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
  /** Whether the grid's tab stop is here. */
  readonly active: boolean;
  readonly onFold: (namespace: string) => void;
}

/** The heading of a namespace, which folds its rows away; that of the rows in sight stays in sight. */
export const GroupRowView = memo(function GroupRowView({
  item,
  rowIndex,
  columns,
  top,
  stickAt,
  height,
  width,
  active,
  onFold,
}: GroupRowProps) {
  const place = top === undefined ? { top: stickAt } : { top };
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      className={`left-0 z-[3] border-b bg-surface ${top === undefined ? 'sticky' : 'absolute'}`}
      style={{ ...place, height, width }}
    >
      <div role="rowheader" aria-colspan={columns} className="sticky left-0 h-full w-fit p-[3px]">
        <button
          type="button"
          tabIndex={active ? 0 : -1}
          aria-expanded={!item.folded}
          data-row={item.key}
          data-column=""
          data-tip={item.folded ? 'Show its services' : 'Fold its services away'}
          className="flex h-full items-center gap-2 rounded-[4px] pr-2 pl-1.5 hover:bg-hover"
          onClick={() => onFold(item.name)}
        >
          <ChevronRight
            aria-hidden
            size={13}
            className={`-mr-1 text-muted transition-transform duration-100 ${item.folded ? '' : 'rotate-90'}`}
          />
          <span className="font-semibold">{groupName(item)}</span>
          <GroupCounts group={item} />
        </button>
      </div>
    </div>
  );
});
