const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** How long after the n-th failed attempt the next one follows. Together a little more than three days. */
const delays = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const;
const longestDelay = 24 * hour;

/** Spreads the attempts of many deliveries that failed together. */
const jitter = 0.1;

interface FailedAttempt {
  readonly at: number;
  /** Attempts so far, this one included. */
  readonly attempts: number;
  /** What the receiver answered; undefined: nothing. */
  readonly answer: { readonly status: number; readonly headers: Readonly<Record<string, string>> } | undefined;
  /** From 0 to 1. */
  readonly random: number;
}

/** When to try again, epoch milliseconds; null: never. A receiver that is gone (410) is not asked again. */
export function retryAt({ at, attempts, answer, random }: FailedAttempt): number | null {
  const delay = delays[attempts - 1];
  if (delay === undefined || answer?.status === 410) return null;
  const spread = delay * (1 + jitter * (2 * random - 1));
  return at + Math.round(Math.max(spread, wantedDelay(answer, at)));
}

/** Retry-After, in seconds or as a date (RFC 9110, section 10.2.3), of a receiver that is busy. */
function wantedDelay(answer: FailedAttempt['answer'], at: number): number {
  const text = answer && [429, 503].includes(answer.status) ? answer.headers['retry-after'] : undefined;
  if (text === undefined) return 0;
  const wanted = /^\d+$/.test(text) ? Number(text) * second : Date.parse(text) - at;
  return Number.isNaN(wanted) ? 0 : Math.min(wanted, longestDelay);
}
