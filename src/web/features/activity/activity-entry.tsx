import { ArrowRight, ChevronRight } from 'lucide-react';
import { memo, type ReactNode, useId, useState } from 'react';
import type { Attempt } from '../../lib/attempts.ts';
import { flagsOf } from '../../lib/deployment-flags.ts';
import { shortSha, shortVersion } from '../../lib/short-version.ts';
import type { SlotAddress } from '../../lib/slot-address.ts';
import { formatDuration } from '../../lib/time-format.ts';
import { IconButton } from '../../ui/button.tsx';
import { FlagMarks } from '../../ui/flag-mark.tsx';
import { RelativeTime, RunningTime } from '../../ui/relative-time.tsx';
import { RunLink } from '../../ui/run-link.tsx';
import { statusLook, toneText } from '../../ui/status-look.ts';
import { StatusIcon } from '../../ui/status-mark.tsx';
import { ActivityDetails } from './activity-details.tsx';

interface ActivityEntryProps {
  readonly attempt: Attempt;
  /** Else how long it took, and how many events it has, is not known. */
  readonly isWhole: boolean;
  /** Why it still is not whole, though it is open; undefined: it is, or that is not known yet. */
  readonly lacks: string | undefined;
  readonly position: number;
  /** Of all; -1 while there are more. */
  readonly count: number;
  readonly open: boolean;
  /** Among those of one project, whose name need not be said again. */
  readonly ofProject: boolean;
  readonly promotedFrom: (attempt: Attempt) => ReactNode;
  readonly onToggle: () => void;
  readonly onOpen: (address: SlotAddress) => void;
}

const layout =
  'grid h-14 grid-cols-[16px_auto_minmax(0,1fr)_auto_28px] grid-rows-[20px_18px] content-center items-center gap-x-3 px-4';
const wideLayout =
  'md:grid-cols-[16px_minmax(0,1.2fr)_minmax(0,1fr)_88px_72px_28px] lg:grid-cols-[16px_minmax(0,1fr)_minmax(0,1fr)_112px_64px_72px_28px]';

/** One deployment: what, where, how it stands, who and when. */
export const ActivityEntry = memo(function ActivityEntry({
  attempt,
  isWhole,
  lacks,
  position,
  count,
  open,
  ofProject,
  promotedFrom,
  onToggle,
  onOpen,
}: ActivityEntryProps) {
  const id = useId();
  const { head, facts, events } = attempt;
  const { word, tone } = statusLook(head.status);
  const changed = useChanged(head.id, isWhole);
  const flags = flagsOf(facts);
  return (
    <article
      // biome-ignore lint/a11y/noNoninteractiveTabindex: Page Up and Page Down go from article to article
      tabIndex={0}
      aria-labelledby={id}
      aria-posinset={position}
      aria-setsize={count}
      className="relative h-full border-b -outline-offset-2"
    >
      {changed > 0 ? (
        <span key={changed} aria-hidden className="pointer-events-none absolute inset-0 animate-glow" />
      ) : null}
      <div className={`${layout} ${wideLayout}`}>
        <span className="col-start-1 row-span-2 row-start-1">
          <StatusIcon status={head.status} size={16} />
        </span>
        <p id={id} className="col-start-2 col-end-4 row-start-1 flex min-w-0 whitespace-nowrap md:col-end-3">
          <button
            type="button"
            className="flex min-w-0 items-center gap-1.5 rounded-[3px] hover:underline"
            aria-haspopup="dialog"
            onClick={() => onOpen(head)}
          >
            {ofProject ? (
              <span className="min-w-0 truncate font-medium">{head.environment}</span>
            ) : (
              <>
                <span className="min-w-0 truncate font-medium">
                  {head.namespace ? <span className="font-normal text-muted">{head.namespace}/</span> : null}
                  {head.service}
                </span>
                <ArrowRight aria-label="to" size={12} className="shrink-0 text-muted" />
                <span className="max-w-[50%] shrink-0 truncate">{head.environment}</span>
              </>
            )}
          </button>
        </p>
        <p className="col-start-2 row-start-2 flex gap-x-3 text-sm whitespace-nowrap text-muted">
          <span className={`font-medium ${toneText[tone]}`}>{word}</span>
          {flags.length === 0 ? null : (
            <>
              <span className="inline-flex items-center gap-1.5 md:hidden">
                <FlagMarks short flags={flags} />
              </span>
              <span className="inline-flex gap-x-3 max-md:hidden">
                <FlagMarks flags={flags} />
              </span>
            </>
          )}
          {events.length === 1 || !isWhole ? null : <span className="max-md:hidden">{events.length} events</span>}
        </p>
        <p className="col-start-3 row-start-2 truncate font-mono text-sm font-medium md:row-start-1">
          {shortVersion(facts)}
          {facts.actor === undefined ? null : (
            <span className="font-sans font-normal text-soft md:hidden"> by {facts.actor}</span>
          )}
        </p>
        <p className="col-start-3 row-start-2 flex items-center gap-x-3 overflow-hidden text-sm whitespace-nowrap text-muted max-md:hidden">
          {facts.ref === undefined ? null : <span className="truncate">{facts.ref}</span>}
          {facts.sha === undefined ? null : (
            <span className="max-w-28 shrink-0 truncate font-mono">{shortSha(facts.sha)}</span>
          )}
          <RunLink url={facts.run_url} number={facts.run_number} />
        </p>
        <span className="col-start-4 row-start-1 truncate text-sm text-soft max-md:hidden lg:row-span-2">
          {facts.actor}
        </span>
        <span className="col-start-4 row-start-2 text-sm text-muted max-md:hidden lg:col-start-5 lg:row-span-2 lg:row-start-1 lg:text-right">
          {isWhole ? <Duration attempt={attempt} /> : null}
        </span>
        <RelativeTime
          at={head.happened_at}
          className="col-start-4 row-span-2 row-start-1 text-right text-sm text-muted md:col-start-5 lg:col-start-6"
        />
        <IconButton
          label={open ? 'Hide its events' : 'Show its events'}
          aria-expanded={open}
          onClick={onToggle}
          className="col-start-5 row-span-2 row-start-1 md:col-start-6 lg:col-start-7"
        >
          <ChevronRight
            aria-hidden
            size={15}
            className={`transition-transform duration-100 ${open ? 'rotate-90' : ''}`}
          />
        </IconButton>
      </div>
      {open ? <ActivityDetails attempt={attempt} lacks={lacks} promotedFrom={promotedFrom(attempt)} /> : null}
    </article>
  );
});

function Duration({ attempt: { head, events, durationMs } }: { attempt: Attempt }) {
  const started = events.find(({ status }) => status === 'in-progress');
  if (head.status === 'in-progress') return <RunningTime since={(started ?? head).happened_at} />;
  return durationMs === undefined ? null : formatDuration(durationMs);
}

/** How often it changed as one looked on. That more of it is known now is no change. */
function useChanged(id: string, isWhole: boolean): number {
  const [seen, setSeen] = useState({ id, isWhole });
  const [changes, setChanges] = useState(0);
  if (id !== seen.id || isWhole !== seen.isWhole) {
    setSeen({ id, isWhole });
    if (isWhole === seen.isWhole) setChanges(changes + 1);
  }
  return changes;
}
