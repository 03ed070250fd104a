import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { projectPath } from '../../../contract/project-path.ts';
import type { Attempt } from '../../lib/attempts.ts';
import { projectName } from '../../lib/project-name.ts';
import { formatClock, formatDuration, formatMoment } from '../../lib/time-format.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { textLink } from '../../ui/text-link.ts';
import { detailsHeight } from './activity-items.ts';

interface ActivityDetailsProps {
  readonly attempt: Attempt;
  /** Why these are not all of its events; undefined: they are. */
  readonly lacks: string | undefined;
  readonly promotedFrom: ReactNode;
}

/** Every event of a deployment, one line each. */
export function ActivityDetails({ attempt, lacks, promotedFrom }: ActivityDetailsProps) {
  const { events, head } = attempt;
  const project = projectName(head);
  const line = 'flex h-6 items-center gap-3 overflow-hidden whitespace-nowrap';
  return (
    <div className="pr-4 pl-[46px] text-sm" style={{ height: detailsHeight({ attempt, lacks }) }}>
      <ol aria-label="Events">
        {events.map((event, index) => {
          const then = Date.parse(event.happened_at);
          const before = events[index - 1];
          return (
            <li key={event.id} className={line}>
              <span className="w-28 shrink-0">
                <StatusMark status={event.status} size={12} />
              </span>
              <time dateTime={event.happened_at} data-tip={formatMoment(then)} className="text-soft">
                {formatClock(then)}
              </time>
              {before ? (
                <span className="text-muted">after {formatDuration(then - Date.parse(before.happened_at))}</span>
              ) : null}
              {event.clock_skew ? <span className="text-waiting">clock ran ahead</span> : null}
            </li>
          );
        })}
      </ol>
      {lacks === undefined ? null : (
        <p role="status" className={`${line} text-muted`}>
          <span className="truncate" data-tip={lacks}>
            {lacks}
          </span>
        </p>
      )}
      <p className={line}>
        <span className="w-28 shrink-0 text-muted">Deployment</span>
        <Link
          to="/deployments/$number"
          params={{ number: String(head.deployment_number) }}
          className={`${textLink} truncate font-mono`}
        >
          {head.deployment_id}
        </Link>
        <span className="text-muted max-md:hidden">
          of{' '}
          <Link to="/projects/$project" params={{ project: projectPath(head) }} className={textLink}>
            {project}
          </Link>
        </span>
      </p>
      {promotedFrom === undefined ? null : (
        <p className={line}>
          <span className="w-28 shrink-0 text-muted">Promoted from</span>
          {promotedFrom}
        </p>
      )}
    </div>
  );
}
