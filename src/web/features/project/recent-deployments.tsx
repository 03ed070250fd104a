import { Link } from '@tanstack/react-router';
import type { Attempt } from '../../lib/attempts.ts';
import { flagsOf } from '../../lib/deployment-flags.ts';
import { shortVersion } from '../../lib/short-version.ts';
import { formatDuration } from '../../lib/time-format.ts';
import { FlagMarks } from '../../ui/flag-mark.tsx';
import { RelativeTime, RunningTime } from '../../ui/relative-time.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';

/** The last deployments of a project, newest first; each leads to its page. */
export function RecentDeployments({ attempts }: { attempts: readonly Attempt[] }) {
  return (
    <ul aria-label="Last deployments" className="border-t">
      {attempts.map(({ key, head, facts, events, durationMs }) => (
        <li key={key} className="border-b">
          <Link
            to="/deployments/$number"
            params={{ number: String(head.deployment_number) }}
            search={{}}
            aria-label={`${shortVersion(facts)} to ${head.environment}`}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-0.5 px-4 py-2 -outline-offset-2 hover:bg-surface md:grid-cols-[112px_minmax(0,1fr)_minmax(0,1fr)_minmax(0,112px)_64px_64px]"
          >
            <span className="text-sm max-md:col-start-2 max-md:row-start-1 max-md:justify-self-end">
              <StatusMark status={head.status} size={13} />
            </span>
            <span className="flex min-w-0 items-center gap-2 max-md:col-start-1 max-md:row-start-1">
              <span className="min-w-0 truncate font-mono text-sm font-medium">{shortVersion(facts)}</span>
              <FlagMarks short flags={flagsOf(facts)} />
            </span>
            <span className="truncate max-md:text-sm max-md:text-muted">{head.environment}</span>
            <span className="truncate text-sm text-soft max-md:hidden">{facts.actor}</span>
            <span className="text-right text-sm text-muted max-md:hidden">
              {head.status === 'in-progress' ? (
                <RunningTime since={events[0]?.happened_at ?? head.happened_at} />
              ) : durationMs === undefined ? null : (
                formatDuration(durationMs)
              )}
            </span>
            <RelativeTime at={head.happened_at} className="text-right text-sm text-muted" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
