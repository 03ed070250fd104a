import { Link } from '@tanstack/react-router';
import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import { nameAt, projectName } from '../../lib/project-name.ts';
import { shortVersion } from '../../lib/short-version.ts';
import { visibleMarks } from '../../lib/visible-marks.ts';
import { Awaiting } from '../../ui/awaiting.tsx';
import { buttonLook } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StatusIcon } from '../../ui/status-mark.tsx';
import { textLink } from '../../ui/text-link.ts';
import { useArrivals } from './use-arrivals.ts';

const most = 3;

interface ArrivalsProps {
  /** The path of what is waited for; absent: anything is. */
  readonly project: string | undefined;
  /** Nothing has been deployed yet. */
  readonly isFirst: boolean;
  readonly onLeave: () => void;
}

/** Waits before the reader's eyes for what comes in, and shows it. */
export function Arrivals({ project, isFirst, onLeave }: ArrivalsProps) {
  const events = useArrivals(project, isFirst);
  return (
    <section
      aria-label="What comes in"
      className="sticky bottom-0 -mx-4 flex flex-wrap items-center gap-x-4 gap-y-2 border-t bg-canvas px-4 py-3"
    >
      <div role="status" className="min-w-0 flex-1 basis-64">
        {events.length === 0 ? (
          <Awaiting>
            Waiting for the {isFirst ? 'first' : 'next'} event
            {project === undefined ? '' : ` of ${visibleMarks(nameAt(project))}`}
          </Awaiting>
        ) : (
          <ul className="flex flex-col gap-1">
            {events.slice(0, most).map((event) => (
              <Arrival key={event.id} event={event} />
            ))}
          </ul>
        )}
      </div>
      {events.length === 0 ? null : (
        <Link to="/" search={{}} onClick={onLeave} className={buttonLook('primary')}>
          Open the matrix
        </Link>
      )}
    </section>
  );
}

const verbs: Readonly<Record<string, string>> = {
  success: 'is in',
  failure: 'failed to reach',
  'in-progress': 'is on its way to',
};

function Arrival({ event }: { event: DeploymentEvent }) {
  const { status, environment, happened_at, deployment_number } = event;
  return (
    <li className="flex items-center gap-2">
      <StatusIcon status={status} size={14} />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <Link
          to="/deployments/$number"
          params={{ number: String(deployment_number) }}
          className={`${textLink} font-medium`}
        >
          {visibleMarks(projectName(event))} <span className="font-mono">{shortVersion(event)}</span>
        </Link>{' '}
        {verbs[status] ?? `is ${status} for`} {environment}
      </span>
      <RelativeTime at={happened_at} className="text-sm text-muted" />
    </li>
  );
}
