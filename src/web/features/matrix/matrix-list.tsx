import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef } from 'react';
import type { MatrixRow, MatrixSlot } from '../../../contract/matrix.ts';
import { projectName } from '../../lib/project-name.ts';
import type { SlotAddress } from '../../lib/slot-address.ts';
import { statusLook, toneTint } from '../../ui/status-look.ts';
import type { ArrangedColumn } from './column-arrangement.ts';
import type { MatrixItem, MatrixView } from './matrix-view.ts';
import { SlotSummary } from './slot-summary.tsx';
import { extraLines, slotLabel } from './slot-text.ts';
import { useStale } from './use-stale.ts';

interface MatrixListProps {
  readonly view: MatrixView;
  readonly onOpen: (address: SlotAddress) => void;
}

const projectHead = 36;
const projectFoot = 9;

/** The matrix on a narrow screen: project by project, each with its environments. */
export function MatrixList({ view, onOpen }: MatrixListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { items, columns } = view;
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => listItemHeight(items[index], columns),
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 4,
  });
  useLayoutEffect(() => rows.measure(), [rows, items]);
  return (
    <div ref={scroller} className="h-full overflow-y-auto overscroll-contain">
      <ul aria-label="Services" className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start, size, key }) => {
          const item = items[index];
          if (!item) return null;
          return (
            <li key={key} className="absolute inset-x-0 border-b" style={{ top: start, height: size }}>
              {item.kind === 'group' ? (
                <h2 className="flex h-full items-end gap-2 bg-surface px-4 pb-1.5 font-semibold">
                  {item.name === '' ? 'No namespace' : item.name}
                  <span className="text-sm font-normal text-muted">{item.services}</span>
                  {item.failed > 0 ? <span className="text-sm font-medium text-failed">{item.failed} failed</span> : null}
                </h2>
              ) : (
                <ProjectEntry row={item.row} columns={columns} onOpen={onOpen} />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function listItemHeight(item: MatrixItem | undefined, columns: readonly ArrangedColumn[]): number {
  if (item?.kind !== 'row') return 40;
  const slots = columns.map(({ name }) => item.row.slots[name]).filter((slot) => slot !== undefined);
  return slots.reduce((sum, slot) => sum + slotHeight(slot), projectHead + projectFoot);
}

function slotHeight(slot: MatrixSlot): number {
  return 52 + extraLines(slot) * 18;
}

function ProjectEntry({ row, columns, onOpen }: { row: MatrixRow; columns: readonly ArrangedColumn[]; onOpen: (address: SlotAddress) => void }) {
  const project = projectName(row);
  return (
    <article aria-label={project}>
      <h3 className="flex items-center truncate px-4 font-semibold" style={{ height: projectHead }}>
        {row.namespace ? <span className="font-normal text-muted">{row.namespace}/</span> : null}
        {row.service}
      </h3>
      {columns.map(({ name }) => {
        const slot = row.slots[name];
        if (!slot) return null;
        const address = { ...(row.namespace === undefined ? {} : { namespace: row.namespace }), service: row.service, environment: name };
        return <SlotEntry key={name} project={project} environment={name} slot={slot} onOpen={() => onOpen(address)} />;
      })}
    </article>
  );
}

function SlotEntry({ project, environment, slot, onOpen }: { project: string; environment: string; slot: MatrixSlot; onOpen: () => void }) {
  const stale = useStale(slot);
  const { tone } = statusLook(slot.current.status);
  return (
    <button
      type="button"
      aria-label={slotLabel(project, environment, slot, stale)}
      aria-haspopup="dialog"
      data-version={slot.current.version}
      className="flex w-full items-start gap-2 px-2 py-[3px] text-left"
      style={{ height: slotHeight(slot) }}
      onClick={onOpen}
    >
      <span className="w-24 shrink-0 truncate py-[5px] pl-2 text-muted">{environment}</span>
      <span className={`flex h-full min-w-0 flex-1 flex-col rounded px-2 py-[4px] ${tone === 'success' || tone === 'neutral' ? '' : toneTint[tone]}`}>
        <SlotSummary slot={slot} stale={stale} wide={false} />
      </span>
    </button>
  );
}
