import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, type LucideIcon } from 'lucide-react';
import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import { shortVersion } from '../../lib/short-version.ts';
import { formatDuration, formatMoment } from '../../lib/time-format.ts';
import { useNow } from '../../ui/now.tsx';
import { RelativeTime, RunningTime } from '../../ui/relative-time.tsx';
import { RunLink } from '../../ui/run-link.tsx';
import { statusLook, toneText, toneTint } from '../../ui/status-look.ts';
import { StatusIcon } from '../../ui/status-mark.tsx';
import { textLink } from '../../ui/text-link.ts';
import type { Concern } from './concerns.ts';

/** What is broken, stuck, waiting and running now, and since when; or that nothing is. */
export function ConcernList({ concerns, deployed }: { concerns: readonly Concern[]; deployed: number }) {
  if (concerns.length === 0) {
    return (
      <p className="flex items-center gap-2 px-4 py-1">
        <CircleCheck aria-hidden size={15} className="shrink-0 text-success" />
        <span>
          <span className="font-medium">All is well.</span>{' '}
          <span className="text-muted">
            {deployed === 1 ? 'The last deployment' : `The last deployment to each of ${deployed} environments`}{' '}
            succeeded, and none runs or waits.
          </span>
        </span>
      </p>
    );
  }
  return (
    <ul aria-label="What needs attention" className="flex flex-col gap-1 px-4">
      {concerns.map((concern) => (
        <ConcernEntry key={`${concern.name} ${concern.kind} ${concern.event.deployment_number}`} concern={concern} />
      ))}
    </ul>
  );
}

const minuteMs = 60_000;

const words: Readonly<Record<Concern['kind'], string>> = {
  failed: 'Failed',
  stale: 'No news',
  waiting: 'Waiting',
  running: 'In progress',
};

function ConcernEntry({ concern }: { concern: Concern }) {
  const { kind, name, event, since, failures, good } = concern;
  const tone = kind === 'stale' ? 'waiting' : statusLook(event.status).tone;
  return (
    <li className={`flex flex-wrap items-center gap-x-3 gap-y-0.5 rounded px-3 py-2 ${toneTint[tone]}`}>
      <span className={`inline-flex items-center gap-2 font-medium ${toneText[tone]}`}>
        {kind === 'stale' ? <Warning icon={CircleAlert} /> : <StatusIcon status={event.status} size={15} />}
        {kind === 'waiting' ? statusLook(event.status).word : words[kind]}
      </span>
      <span className="font-semibold [overflow-wrap:anywhere]">{name}</span>
      <DeploymentLink event={event} />
      <span className="text-soft">
        for {kind === 'running' ? <RunningTime since={since} /> : <WholeMinutes since={since} />}
        {failures > 1 ? `, ${failures} times in a row` : ''}
        {event.actor === undefined ? '' : `, by ${event.actor}`}
      </span>
      <span className="text-sm">
        <RunLink url={event.run_url} number={event.run_number} />
      </span>
      {good && kind !== 'waiting' ? (
        <span className="text-soft md:ml-auto">
          <DeploymentLink event={good} /> is still good, <RelativeTime at={good.happened_at} />
        </span>
      ) : null}
    </li>
  );
}

/** `25m`, `1d 2h`: how long already, without seconds that would only be noise. */
function WholeMinutes({ since }: { since: string }) {
  const then = Date.parse(since);
  const text = useNow((now) => formatDuration(Math.max(minuteMs, now - then - ((now - then) % minuteMs))));
  return (
    <time dateTime={since} data-tip={formatMoment(then)} className="whitespace-nowrap">
      {text}
    </time>
  );
}

function Warning({ icon: Icon }: { icon: LucideIcon }) {
  return <Icon aria-hidden size={15} strokeWidth={2.1} className="shrink-0" />;
}

function DeploymentLink({ event }: { event: DeploymentEvent }) {
  return (
    <Link
      to="/deployments/$number"
      params={{ number: String(event.deployment_number) }}
      search={{}}
      className={`${textLink} max-w-full font-mono text-sm font-medium [overflow-wrap:anywhere]`}
    >
      {shortVersion(event)}
    </Link>
  );
}
