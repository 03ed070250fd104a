import { Snowflake } from 'lucide-react';
import type { FreezePeriodList } from '../../../contract/freeze-periods.ts';
import { ownTime, zoneTime } from '../../lib/zone-time.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';

/** Says that a project is frozen, until when, and what that means. */
export function FrozenBanner({ list: { frozen, items } }: { list: FreezePeriodList }) {
  if (!frozen) return null;
  const zone = items.find(({ id }) => id === frozen.by)?.zone ?? 'UTC';
  const own = ownTime(frozen.until, zone);
  return (
    <section aria-label="Frozen now" className="mx-4 mb-4 flex gap-3 rounded bg-waiting-tint px-3 py-2.5">
      <Snowflake aria-hidden size={16} className="mt-0.5 shrink-0 text-waiting" />
      <div className="min-w-0">
        <p className="font-medium">
          <span className="text-waiting">Frozen until {zoneTime(frozen.until, zone)}</span> {zone}
          {own === undefined ? null : <span className="font-normal text-soft"> ({own})</span>}
          <span className="font-normal text-soft">, </span>
          <RelativeTime at={frozen.until} className="font-normal text-soft" />
        </p>
        <p className="max-w-measure text-soft">
          A deployment that would start now is refused, unless a maintainer overrides the freeze. What is approved
          meanwhile runs when it ends, and what is told to have happened is recorded and marked.
        </p>
      </div>
    </section>
  );
}
