import { useMemo, useState } from 'react';
import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import { groupAttempts } from '../../lib/attempts.ts';
import { failureText } from '../../lib/refusal.ts';
import { formatDateTime, formatDuration, formatMoment } from '../../lib/time-format.ts';
import { Button } from '../../ui/button.tsx';
import { sectionTitle } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { RunLink } from '../../ui/run-link.tsx';
import { statusLook, toneText } from '../../ui/status-look.ts';
import { StatusIcon } from '../../ui/status-mark.tsx';

interface StatusHistoryProps {
  /** Of one deployment, oldest first. */
  readonly events: readonly DeploymentEvent[];
  readonly earlier: {
    readonly hasMore: boolean;
    readonly isLoading: boolean;
    readonly error: Error | null;
    readonly load: () => unknown;
  };
}

/** How a deployment went, from the first event to the last, and how long each step took. What comes live glows once. */
export function StatusHistory({ events, earlier }: StatusHistoryProps) {
  const [seen] = useState(() => new Set(events.map(({ id }) => id)));
  const attempts = useMemo(() => groupAttempts(events).toReversed(), [events]);
  return (
    <section aria-labelledby="deployment-history">
      <h2 id="deployment-history" className={`pb-2 ${sectionTitle}`}>
        Timeline
      </h2>
      <Earlier earlier={earlier} />
      <div>
        {attempts.map((attempt, index) => (
          <div key={attempt.key} className="not-first:pt-4">
            {attempts.length > 1 ? (
              <h3 className="pb-1 text-sm font-medium text-muted">
                {earlier.hasMore
                  ? index === attempts.length - 1
                    ? 'Latest attempt'
                    : 'Attempt'
                  : `Attempt ${index + 1}`}
              </h3>
            ) : null}
            <ol aria-label={attempts.length > 1 ? `Statuses of attempt ${index + 1}` : 'Statuses'}>
              {attempt.events.map((event, step) => (
                <Step
                  key={event.id}
                  event={event}
                  before={attempt.events[step - 1]}
                  isLast={step === attempt.events.length - 1}
                  isFresh={!seen.has(event.id)}
                />
              ))}
            </ol>
          </div>
        ))}
      </div>
    </section>
  );
}

function Earlier({ earlier: { hasMore, isLoading, error, load } }: Pick<StatusHistoryProps, 'earlier'>) {
  if (!hasMore) return null;
  return (
    <div className="flex flex-wrap items-center gap-3 pb-2 print:hidden">
      <Button aria-disabled={isLoading} onClick={() => (isLoading ? undefined : load())}>
        {isLoading ? 'Loading earlier events' : 'Show earlier events'}
      </Button>
      {error ? (
        <p role="alert" className="text-sm text-failed">
          They could not be loaded. {failureText(error)}
        </p>
      ) : null}
    </div>
  );
}

interface StepProps {
  readonly event: DeploymentEvent;
  readonly before: DeploymentEvent | undefined;
  readonly isLast: boolean;
  readonly isFresh: boolean;
}

function Step({ event, before, isLast, isFresh }: StepProps) {
  const { status, happened_at: at, description, run_url: url, run_number: number } = event;
  const then = Date.parse(at);
  const { word, tone } = statusLook(status);
  const who = event.actor ?? event.progress_reporter;
  const isNewText = description !== undefined && description !== before?.description;
  const isNewRun = url !== before?.run_url || number !== before?.run_number;
  return (
    <li className={`relative flex gap-3 rounded pb-3 ${isFresh ? 'animate-glow' : ''}`}>
      {isLast ? null : <span aria-hidden className="absolute top-6 bottom-0 left-[7.5px] w-px bg-line-strong" />}
      <span className="flex size-4 shrink-0 translate-y-0.5 items-center justify-center">
        <StatusIcon status={status} size={16} past={!isLast} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-3 md:grid md:grid-cols-[84px_216px_72px_96px_minmax(0,1fr)]">
          <span className={`font-medium whitespace-nowrap ${toneText[tone]}`}>{word}</span>
          <time dateTime={at} data-tip={formatMoment(then)} className="whitespace-nowrap">
            {formatDateTime(then)}
          </time>
          <RelativeTime at={at} className="text-sm text-muted max-md:print:hidden md:print:invisible" />
          <span className="text-sm whitespace-nowrap text-muted">
            {before ? `after ${formatDuration(then - Date.parse(before.happened_at))}` : null}
          </span>
          <span className="flex min-w-0 flex-wrap gap-x-3 text-sm">
            {who === undefined ? null : <span className="break-all text-soft">{who}</span>}
            {isNewRun ? <RunLink url={url} number={number} /> : null}
          </span>
        </p>
        {isNewText ? (
          <p className="max-w-measure pt-0.5 break-words whitespace-pre-line text-soft">{description}</p>
        ) : null}
      </div>
    </li>
  );
}
