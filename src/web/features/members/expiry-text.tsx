import { useNow } from '../../ui/now.tsx';
import { utcDayOf } from './day.ts';

const soonMs = 7 * 24 * 3_600_000;

/** The day on which a membership ends, marked when that is near. */
export function ExpiryText({ at }: { at: string | null }) {
  const isSoon = useNow((now) => (at === null ? false : Date.parse(at) - now < soonMs));
  if (at === null) return <span className="text-muted">never</span>;
  return (
    <time dateTime={at} className={isSoon ? 'text-waiting' : 'text-soft'}>
      {utcDayOf(at)}
      {isSoon ? ' (soon)' : ''}
    </time>
  );
}
