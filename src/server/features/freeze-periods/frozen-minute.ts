import type { FreezePeriod } from './freeze-period-types.ts';
import { frozenAt } from './frozen.ts';

const minuteMs = 60_000;

/**
 * Until when the periods of many projects hold now. Cron lines tick with whole minutes, and projects often have the same
 * ones: each set of lines is reckoned once a minute, whoever asks, and other work goes on in between.
 */
export class FrozenMinute {
  readonly #until = new Map<string, number | undefined>();
  #minute = Number.NaN;

  /** The end of the freeze (epoch milliseconds); undefined: nothing is frozen at `now`. */
  async until(periods: readonly FreezePeriod[], now: number): Promise<number | undefined> {
    const minute = Math.floor(now / minuteMs);
    if (minute !== this.#minute) this.#until.clear();
    this.#minute = minute;
    const lines = JSON.stringify(
      periods.map(({ freezeStart, freezeEnd, timezone }) => [freezeStart, freezeEnd, timezone]),
    );
    if (this.#until.has(lines)) return this.#until.get(lines);
    const until = frozenAt(periods, now)?.until;
    this.#until.set(lines, until);
    await new Promise((resolve) => setImmediate(resolve));
    return until;
  }
}
