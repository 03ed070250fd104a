import { mostCounted, type Retention } from '../../../contract/retention.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';

const figures = new Intl.NumberFormat();

/** How much there is of one kind, and since when. */
export function RowsCell({ item: { kind, rows, oldest_at } }: { item: Retention }) {
  if (rows === 0) return <span className="text-muted">None</span>;
  // Events are known to the last; what is counted ends somewhere.
  const isMore = kind !== 'events' && rows > mostCounted;
  return (
    <span>
      {isMore ? `more than ${figures.format(mostCounted)}` : figures.format(rows)}
      {oldest_at === null ? null : (
        <span className="block text-sm text-muted">
          {/* A history that was brought along is older than when it was recorded here. */}
          {kind === 'events' ? 'the first was recorded' : 'the oldest'} <RelativeTime at={oldest_at} />
        </span>
      )}
    </span>
  );
}
