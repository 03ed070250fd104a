import { formatAge, formatDuration, formatMoment } from '../lib/time-format.ts';
import { useNow } from './now.tsx';

/** `3h ago`, with the moment in the reader's zone and in UTC on hover, and on focus of the control around it. */
export function RelativeTime({ at, className, tip = true }: { at: string; className?: string; tip?: boolean }) {
  const then = Date.parse(at);
  const text = useNow((now) => formatAge(then, now));
  return (
    <time
      dateTime={at}
      data-tip={tip ? formatMoment(then) : undefined}
      className={`whitespace-nowrap ${className ?? ''}`}
    >
      {text}
    </time>
  );
}

/** How long something has been going on: `3m 12s`, ticking. */
export function RunningTime({ since }: { since: string }) {
  const start = Date.parse(since);
  const text = useNow((now) => formatDuration(now - start));
  return <span className="whitespace-nowrap">{text}</span>;
}
