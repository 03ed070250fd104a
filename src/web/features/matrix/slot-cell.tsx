import { memo, useState } from 'react';
import type { LaggedSlot } from './lagged-matrix.ts';
import { CompactSummary, SlotSummary } from './slot-summary.tsx';
import { slotLabel, slotTip } from './slot-text.ts';
import { slotTint } from './slot-tint.ts';
import { useStale } from './use-stale.ts';
import { litVersion } from './version-light.ts';

interface SlotCellProps {
  readonly project: string;
  readonly rowKey: string;
  readonly environment: string;
  readonly columnIndex: number;
  readonly slot: LaggedSlot | undefined;
  readonly width: number;
  /** Where a pinned cell sticks. */
  readonly stickAt: number | undefined;
  readonly compact: boolean;
  readonly active: boolean;
  /** Not among what the filters ask for: shown, but quietly. */
  readonly dim: boolean;
}

/** What the cell and its box take on both sides. */
const roomAroundSummary = 22;

/** One slot of the grid. The grid listens for its clicks and keys. */
export const SlotCell = memo(function SlotCell(props: SlotCellProps) {
  const { slot, environment, width, stickAt, compact, active, dim } = props;
  const stale = useStale(slot);
  const changes = useChanges(slot);
  const Summary = compact ? CompactSummary : SlotSummary;
  return (
    <div
      role="gridcell"
      aria-colindex={props.columnIndex}
      aria-label={slotLabel(props.project, environment, slot, stale)}
      aria-haspopup={slot ? 'dialog' : undefined}
      tabIndex={active ? 0 : -1}
      data-row={props.rowKey}
      data-column={environment}
      data-version={slot && litVersion(slot.current)}
      data-tip={slot ? slotTip(slot) : undefined}
      data-dim={dim || undefined}
      style={{ width, left: stickAt }}
      className={`group/cell shrink-0 rounded -outline-offset-2 ${compact ? 'px-[3px] py-0.5' : 'p-[3px]'} ${stickAt === undefined ? 'relative' : 'sticky z-[1] bg-canvas'} ${slot ? 'cursor-pointer' : ''}`}
    >
      {slot ? (
        <div
          className={`slot-box relative flex h-full flex-col rounded px-2 ${compact ? 'py-px' : 'py-[3px]'} transition-colors duration-100 group-hover/cell:bg-hover ${slotTint(slot, stale, dim)}`}
        >
          {changes > 0 ? (
            <span key={changes} aria-hidden className="pointer-events-none absolute inset-0 animate-glow rounded" />
          ) : null}
          <Summary slot={slot} stale={stale} width={width - roomAroundSummary} />
        </div>
      ) : (
        <span aria-hidden className="block px-2 py-[4px] text-line-strong">
          –
        </span>
      )}
    </div>
  );
});

/** How often the slot changed while it was in view: the glow starts anew with each change. */
function useChanges(slot: LaggedSlot | undefined): number {
  const news = [slot?.current.id, slot?.next?.id, slot?.waiting?.newest.id, slot?.waiting?.count].join(' ');
  const [seen, setSeen] = useState(news);
  const [changes, setChanges] = useState(0);
  if (news !== seen) {
    setSeen(news);
    setChanges(changes + 1);
  }
  return changes;
}
