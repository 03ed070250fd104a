import { useState } from 'react';
import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import { formatClock, formatDate, formatDuration, formatMoment } from '../../lib/time-format.ts';
import { RunLink } from '../../ui/run-link.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';

/** What happened to a deployment, from the first event to the last. What comes while it is open glows once. */
export function StatusTimeline({ events }: { events: readonly DeploymentEvent[] }) {
  const [seen] = useState(() => new Set(events.map(({ id }) => id)));
  return (
    <ol aria-label="Statuses" className="flex flex-col border-b px-1 py-1.5">
      {events.map((event, index) => (
        <StatusLine key={event.id} event={event} before={events[index - 1]} fresh={!seen.has(event.id)} />
      ))}
    </ol>
  );
}

interface StatusLineProps {
  readonly event: DeploymentEvent;
  readonly before: DeploymentEvent | undefined;
  readonly fresh: boolean;
}

/** One status: when, who said so, and what they said that the status before had not said. */
function StatusLine({ event, before, fresh }: StatusLineProps) {
  const then = Date.parse(event.happened_at);
  const who = event.actor ?? event.progress_reporter;
  const isNewText = event.description !== undefined && event.description !== before?.description;
  const isNewRun = event.run_url !== before?.run_url || event.run_number !== before?.run_number;
  return (
    <li className={`grid grid-cols-[96px_minmax(0,1fr)] gap-x-3 rounded px-2 py-1 ${fresh ? 'animate-glow' : ''}`}>
      <StatusMark status={event.status} size={12} />
      <p className="flex min-w-0 flex-wrap items-center gap-x-3 text-muted">
        <time dateTime={event.happened_at} data-tip={formatMoment(then)} className="whitespace-nowrap text-soft">
          {formatClock(then)}
        </time>
        <span className="whitespace-nowrap">
          {before ? `after ${formatDuration(then - Date.parse(before.happened_at))}` : formatDate(then)}
        </span>
        {who === undefined ? null : <span className="max-w-40 truncate text-soft">{who}</span>}
        {isNewRun ? <RunLink url={event.run_url} number={event.run_number} /> : null}
      </p>
      {isNewText ? (
        <p className="col-start-2 max-h-60 overflow-y-auto break-words whitespace-pre-line">{event.description}</p>
      ) : null}
    </li>
  );
}
