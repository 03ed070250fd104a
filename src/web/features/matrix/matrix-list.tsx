import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronRight } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { projectPath } from '../../../contract/project-path.ts';
import { slotIn } from '../../../contract/slots.ts';
import { flagsOf } from '../../lib/deployment-flags.ts';
import { projectName } from '../../lib/project-name.ts';
import { shortVersion } from '../../lib/short-version.ts';
import type { SlotAddress } from '../../lib/slot-address.ts';
import { FlagMarks } from '../../ui/flag-mark.tsx';
import { scrollsPage } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { statusLook } from '../../ui/status-look.ts';
import { StatusIcon } from '../../ui/status-mark.tsx';
import type { ArrangedColumn } from './column-arrangement.ts';
import { GroupCounts, groupName } from './group-counts.tsx';
import { isBehind, type LaggedSlot } from './lagged-matrix.ts';
import { LazyFrozenMark } from './lazy-frozen-mark.tsx';
import type { MatrixItem, MatrixView, RowItem } from './matrix-view.ts';
import { SlotSummary } from './slot-summary.tsx';
import { extraLines, slotLabel } from './slot-text.ts';
import { slotTint } from './slot-tint.ts';
import { useStale } from './use-stale.ts';
import { useWidth } from './use-width.ts';

interface MatrixListProps {
  readonly view: MatrixView;
  readonly onOpen: (address: SlotAddress) => void;
  readonly onFold: (namespace: string) => void;
}

const projectHead = 36;
const projectFoot = 7;

/** The matrix on a narrow screen: project by project, each with its environments. */
export function MatrixList({ view, onOpen, onFold }: MatrixListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const room = useWidth(scroller) - roomAroundSummary;
  const { items, columns, matches } = view;
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => listItemHeight(items[index], columns),
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 4,
  });
  useLayoutEffect(() => rows.measure(), [rows, items]);
  return (
    <div {...scrollsPage} ref={scroller} className="h-full overflow-y-auto overscroll-contain">
      <ul aria-label="Services" className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start, size, key }) => {
          const item = items[index];
          if (!item) return null;
          return (
            <li key={key} className="absolute inset-x-0 border-b" style={{ top: start, height: size }}>
              {item.kind === 'group' ? (
                <h2 className="h-full bg-surface font-semibold">
                  <button
                    type="button"
                    aria-expanded={!item.folded}
                    className="flex size-full items-center gap-2 overflow-hidden px-3 whitespace-nowrap"
                    onClick={() => onFold(item.name)}
                  >
                    <ChevronRight
                      aria-hidden
                      size={14}
                      className={`shrink-0 text-muted transition-transform duration-100 ${item.folded ? '' : 'rotate-90'}`}
                    />
                    <span className="truncate">{groupName(item)}</span>
                    <GroupCounts group={item} />
                  </button>
                </h2>
              ) : (
                <ProjectEntry item={item} columns={columns} room={room} matches={matches} onOpen={onOpen} />
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
  const slots = columns.map(({ name }) => slotIn(item.row, name)).filter((slot) => slot !== undefined);
  return slots.reduce((sum, slot) => sum + slotHeight(slot), projectHead + projectFoot);
}

/** The environment, and the gaps on both sides of it and of the slot, in CSS pixels. */
const roomAroundSummary = 152;

/** Characters of a version that fit on one line beside the environment. */
const versionLine = 24;

function slotHeight(slot: LaggedSlot): number {
  if (isPlain(slot)) return 40;
  const versionLines = Math.ceil(shortVersion(slot.current).length / versionLine);
  return 52 + extraLines(slot) * 18 + (versionLines - 1) * 16;
}

/** All is well and there is nothing to add: one line says it. */
function isPlain(slot: LaggedSlot): boolean {
  const { current, next, waiting } = slot;
  const isShort = shortVersion(current).length <= 12;
  return current.status === 'success' && isShort && !next && !waiting && !current.clock_skew && !isBehind(slot);
}

interface ProjectEntryProps {
  readonly item: RowItem;
  readonly columns: readonly ArrangedColumn[];
  /** What is left for a slot, in CSS pixels. */
  readonly room: number;
  readonly matches: MatrixView['matches'];
  readonly onOpen: (address: SlotAddress) => void;
}

function ProjectEntry({ item: { row, fullName }, columns, room, matches, onOpen }: ProjectEntryProps) {
  const project = projectName(row);
  return (
    <article aria-label={project}>
      <h3 className="flex items-center px-4 font-semibold" style={{ height: projectHead }}>
        <Link
          to="/projects/$project"
          params={{ project: projectPath(row) }}
          className="min-w-0 truncate rounded-[3px] hover:underline"
        >
          {fullName && row.namespace ? <span className="font-normal text-muted">{row.namespace}/</span> : null}
          {row.service}
        </Link>
        <LazyFrozenMark project={projectPath(row)} />
      </h3>
      {columns.map(({ name }) => {
        const slot = slotIn(row, name);
        if (!slot) return null;
        const address = {
          ...(row.namespace === undefined ? {} : { namespace: row.namespace }),
          service: row.service,
          environment: name,
        };
        return (
          <SlotEntry
            key={name}
            project={project}
            environment={name}
            slot={slot}
            room={room}
            dim={matches !== undefined && !matches(slot)}
            onOpen={() => onOpen(address)}
          />
        );
      })}
    </article>
  );
}

interface SlotEntryProps {
  readonly project: string;
  readonly environment: string;
  readonly slot: LaggedSlot;
  readonly room: number;
  /** Not among what the filters ask for: shown, but quietly. */
  readonly dim: boolean;
  readonly onOpen: () => void;
}

function SlotEntry({ project, environment, slot, room, dim, onOpen }: SlotEntryProps) {
  const stale = useStale(slot);
  return (
    <button
      type="button"
      aria-label={slotLabel(project, environment, slot, stale)}
      aria-haspopup="dialog"
      data-version={slot.current.version}
      data-dim={dim || undefined}
      className="flex w-full items-start gap-2 px-2 py-[3px] text-left active:bg-hover"
      style={{ height: slotHeight(slot) }}
      onClick={onOpen}
    >
      <span title={environment} className="w-28 shrink-0 truncate py-[7px] pl-2 leading-5 text-muted">
        {environment}
      </span>
      <span className={`flex h-full min-w-0 flex-1 flex-col justify-center rounded px-2 ${slotTint(slot, stale, dim)}`}>
        {isPlain(slot) ? <PlainSlot slot={slot} /> : <SlotSummary slot={slot} stale={stale} width={room} wrap />}
      </span>
    </button>
  );
}

/** Version, state and age in one line. */
function PlainSlot({ slot: { current } }: { slot: LaggedSlot }) {
  return (
    <span className="flex items-center gap-2">
      <StatusIcon status={current.status} />
      <span className="font-mono text-sm font-medium">{shortVersion(current)}</span>
      <FlagMarks short flags={flagsOf(current)} />
      <span className="ml-auto text-sm whitespace-nowrap text-muted">
        {statusLook(current.status).word} · <RelativeTime at={current.happened_at} tip={false} />
      </span>
    </span>
  );
}
