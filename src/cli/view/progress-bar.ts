import type { TextOutput } from '../terminal.ts';
import { createPaint } from './paint.ts';

export interface ProgressOptions {
  readonly label: string;
  readonly output: TextOutput;
  readonly now: () => number;
  /** How an amount is written; absent: as a number. */
  readonly amount?: (value: number) => string;
}

const redrawMs = 80;
const barWidth = 30;
const number = new Intl.NumberFormat('en');
const plainNumber = (value: number) => number.format(Math.round(value));

export function megabytes(value: number): string {
  return `${(value / 1e6).toFixed(1)} MB`;
}

/** One line that is drawn over and over on a terminal. Where there is none it stays silent. */
export class ProgressBar {
  readonly #options: ProgressOptions;
  readonly #startedAt: number;
  #drawnAt = 0;

  constructor(options: ProgressOptions) {
    this.#options = options;
    this.#startedAt = options.now();
  }

  /** Without a total only the count is shown. */
  update(done: number, total?: number): void {
    const { output, now } = this.#options;
    if (!output.interactive) return;
    const at = now();
    if (done !== total && at - this.#drawnAt < redrawMs) return;
    this.#drawnAt = at;
    output.write(`\r\u001b[2K${this.#text(done, total, at)}`);
  }

  /** Takes the line away, so that what is printed next begins at the left edge. */
  clear(): void {
    if (this.#options.output.interactive) this.#options.output.write('\r\u001b[2K');
  }

  #text(done: number, total: number | undefined, at: number): string {
    const { label, output, amount = plainNumber } = this.#options;
    const paint = createPaint(output.colour);
    const seconds = Math.max(0.001, (at - this.#startedAt) / 1000);
    const rate = `${amount(done / seconds)}/s`;
    if (total === undefined) return `${label}  ${amount(done)}  ${paint('grey', rate)}`;
    const share = total === 0 ? 1 : Math.min(1, done / total);
    const filled = Math.round(share * barWidth);
    const bar = paint('green', '━'.repeat(filled)) + paint('grey', '─'.repeat(barWidth - filled));
    const percent = `${Math.floor(share * 100)}%`.padStart(4);
    const count = `${amount(done)} of ${amount(total)}`;
    const left = done > 0 && done < total ? `  ${Math.ceil(((total - done) * seconds) / done)} s left` : '';
    return `${label} ${bar} ${percent}  ${count}  ${paint('grey', `${rate}${left}`)}`;
  }
}
