import { formatDateTime } from '../lib/time-format.ts';

/** The moment beside a relative time, on paper alone: there nothing says when "3h ago" was read. */
export function PrintedMoment({ at }: { at: string }) {
  return <span className="hidden print:inline"> · {formatDateTime(Date.parse(at))}</span>;
}
