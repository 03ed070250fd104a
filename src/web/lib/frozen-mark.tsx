import { Snowflake } from 'lucide-react';
import { useFrozenUntil } from './frozen-query.ts';
import { formatMoment } from './time-format.ts';
import { zoneTime } from './zone-time.ts';

/** An icon that says that a project is frozen now, and until when; nothing where it is not. */
export function FrozenMark({ project }: { project: string }) {
  const until = useFrozenUntil(project);
  if (until === undefined) return null;
  const name = `Frozen until ${zoneTime(until)}`;
  return (
    <span
      role="img"
      aria-label={name}
      data-tip={`${name}\n${formatMoment(Date.parse(until))}`}
      className="inline-flex h-6 shrink-0 items-center px-1 text-waiting"
    >
      <Snowflake aria-hidden size={13} />
    </span>
  );
}
