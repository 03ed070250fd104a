import { Clock } from 'lucide-react';
import { useNow } from '../../ui/now.tsx';
import { Tag } from '../../ui/tag.tsx';
import { utcDayOf } from './day.ts';

const soonMs = 7 * 24 * 3_600_000;

/** The day on which a membership ends, marked when that is near. */
export function ExpiryText({ at }: { at: string | null }) {
  const isSoon = useNow((now) => (at === null ? false : Date.parse(at) - now < soonMs));
  if (at === null) return <span className="text-muted">never</span>;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-0.5 text-muted">
      {isSoon ? (
        <Tag tone="waiting" icon={<Clock aria-hidden size={11} />}>
          Soon
        </Tag>
      ) : null}
      <time dateTime={at} className="whitespace-nowrap">
        {utcDayOf(at)}
      </time>
    </span>
  );
}
