import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { Attempt } from '../../lib/attempts.ts';
import { flagsOf } from '../../lib/deployment-flags.ts';
import { shortSha, shortVersion } from '../../lib/short-version.ts';
import { formatDuration } from '../../lib/time-format.ts';
import { FlagMarks } from '../../ui/flag-mark.tsx';
import { RelativeTime, RunningTime } from '../../ui/relative-time.tsx';
import { RunLink } from '../../ui/run-link.tsx';
import { statusLook, toneText } from '../../ui/status-look.ts';
import { StatusIcon } from '../../ui/status-mark.tsx';
import { AttemptDetails } from './attempt-details.tsx';

interface AttemptEntryProps {
  readonly attempt: Attempt;
  readonly startsOpen: boolean;
  /** The URL names it: it starts open, and in sight. */
  readonly named: boolean;
  readonly last: boolean;
  readonly approvals: ReactNode;
  readonly changes: ReactNode;
  readonly promotedFrom: ReactNode;
}

/** One deployment on the timeline; opening it shows its events and all it told. */
export function AttemptEntry({ attempt, startsOpen, named, last, ...parts }: AttemptEntryProps) {
  const [open, setOpen] = useState(startsOpen || named);
  const entry = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (named) entry.current?.scrollIntoView({ block: 'start' });
  }, [named]);
  const id = useId();
  const { head, facts } = attempt;
  const { word, tone } = statusLook(head.status);
  return (
    <li ref={entry} className="relative flex scroll-mt-4 gap-3 pb-3">
      {last ? null : <span aria-hidden className="absolute top-7 bottom-0 left-[9.5px] w-px bg-line-strong" />}
      <span className="flex size-5 shrink-0 translate-y-1 items-center justify-center">
        <StatusIcon status={head.status} size={16} />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-center rounded px-1.5 hover:bg-hover">
          <Link
            to="/deployments/$number"
            params={{ number: String(head.deployment_number) }}
            id={`${id}-version`}
            data-tip="Open the deployment"
            className="min-w-0 rounded-[3px] py-1 font-mono font-semibold break-all hover:underline"
          >
            {shortVersion(facts)}
          </Link>
          <button
            type="button"
            id={`${id}-toggle`}
            aria-labelledby={`${id}-version ${id}-toggle`}
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
            className="flex min-w-0 flex-1 items-center gap-2 rounded py-1 pl-2 text-left"
          >
            <span className={`text-sm font-medium whitespace-nowrap ${toneText[tone]}`}>{word}</span>
            <RelativeTime at={head.happened_at} className="ml-auto text-sm text-muted" />
            <ChevronRight
              aria-hidden
              size={14}
              className={`shrink-0 text-muted transition-transform duration-100 ${open ? 'rotate-90' : ''}`}
            />
          </button>
        </div>
        <Flags attempt={attempt} />
        {open ? null : <AttemptSummary attempt={attempt} />}
        <div id={id} hidden={!open}>
          {open ? <AttemptDetails attempt={attempt} duration={durationOf(attempt)} {...parts} /> : null}
        </div>
      </div>
    </li>
  );
}

function Flags({ attempt: { facts } }: { attempt: Attempt }) {
  const flags = flagsOf(facts);
  if (flags.length === 0) return null;
  return (
    <p className="flex flex-wrap gap-x-3 px-1.5 text-sm">
      <FlagMarks flags={flags} />
    </p>
  );
}

/** The gist in one line; the details hold it all. */
function AttemptSummary({ attempt }: { attempt: Attempt }) {
  const { facts } = attempt;
  return (
    <p className="flex flex-wrap items-center gap-x-3 px-1.5 text-sm text-muted">
      {facts.actor === undefined ? null : <span className="max-w-48 truncate text-soft">{facts.actor}</span>}
      {facts.ref === undefined ? null : <span className="max-w-48 truncate">{facts.ref}</span>}
      {facts.sha === undefined ? null : <span className="max-w-40 truncate font-mono">{shortSha(facts.sha)}</span>}
      <RunLink url={facts.run_url} number={facts.run_number} />
      {durationOf(attempt)}
    </p>
  );
}

/** How long it took, or has been going on; nothing where one event is all there is. */
function durationOf({ head, events, durationMs }: Attempt): ReactNode {
  const started = events.find(({ status }) => status === 'in-progress');
  if (head.status === 'in-progress') return <RunningTime since={(started ?? head).happened_at} />;
  return durationMs === undefined ? null : <span>{formatDuration(durationMs)}</span>;
}
