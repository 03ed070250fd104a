import type { FreezePeriod } from '../../../contract/freeze-periods.ts';
import { periodText } from './cron-moment.ts';

/** When a period holds: in words where its lines are simple, and by the lines themselves. */
export function FreezeName({ period }: { period: Pick<FreezePeriod, 'freeze_start' | 'freeze_end'> }) {
  const { freeze_start: start, freeze_end: end } = period;
  const words = periodText(start, end);
  const lines = `${start} → ${end}`;
  if (words === undefined) return <span className="font-mono [overflow-wrap:anywhere]">{lines}</span>;
  return (
    <>
      <span className="block">{words}</span>
      <span className="block font-mono text-sm font-normal text-muted">{lines}</span>
    </>
  );
}

/** The same as one line of text. */
export function freezeText({ freeze_start: start, freeze_end: end }: FreezePeriod): string {
  return periodText(start, end) ?? `${start} → ${end}`;
}
