import { CircleX, Clock } from 'lucide-react';
import { formatMoment } from '../../lib/time-format.ts';
import { useNow } from '../../ui/now.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Tag } from '../../ui/tag.tsx';

const soonMs = 7 * 86_400_000;

/** When a token ends: amber when that is soon, red once it has. */
export function ExpiryCell({ at }: { at: string | null }) {
  const then = at === null ? Number.POSITIVE_INFINITY : Date.parse(at);
  const stand = useNow((now) => (then <= now ? 'expired' : then - now < soonMs ? 'soon' : 'later'));
  if (at === null) return <span className="text-muted">never</span>;
  if (stand === 'later') return <RelativeTime at={at} className="text-muted" />;
  return (
    <span className="inline-flex items-center gap-2" data-tip={formatMoment(then)}>
      {stand === 'expired' ? (
        <Tag tone="failed" icon={<CircleX aria-hidden size={11} />}>
          Expired
        </Tag>
      ) : (
        <Tag tone="waiting" icon={<Clock aria-hidden size={11} />}>
          Soon
        </Tag>
      )}
      <RelativeTime at={at} className="text-muted" tip={false} />
    </span>
  );
}
