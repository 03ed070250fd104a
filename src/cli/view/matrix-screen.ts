import type { ShiplogClient } from '../../client/shiplog-client.ts';
import type { Matrix } from '../../contract/matrix.ts';
import type { Terminal } from '../terminal.ts';
import { matrixLines, slotKey } from './matrix-view.ts';
import { createPaint } from './paint.ts';

export interface MatrixScreenOptions {
  readonly terminal: Terminal;
  readonly client: ShiplogClient;
  readonly load: (signal: AbortSignal) => Promise<Matrix>;
}

const enter = '\u001b[?1049h\u001b[?25l';
const leave = '\u001b[?25h\u001b[?1049l';
const home = '\u001b[H';
const clearLine = '\u001b[K';
const clearBelow = '\u001b[J';

/** Changes within this time are drawn together. */
const settleMs = 100;
const freshMs = 2000;
/** Ages grow by themselves. */
const refreshMs = 15_000;

/** Draws the matrix over and over on the terminal's second screen until the user ends it. */
export async function watchMatrix({ terminal, client, load }: MatrixScreenOptions): Promise<void> {
  const failed = new AbortController();
  const signal = AbortSignal.any([terminal.interruption(), failed.signal]);
  const screen = new MatrixScreen(terminal);
  screen.show(await load(signal));
  terminal.out.write(enter);
  let timer: NodeJS.Timeout | undefined;
  let loading: Promise<void> | undefined;
  const reload = () => {
    timer = undefined;
    loading = load(signal).then(
      (matrix) => screen.show(matrix),
      (error: unknown) => screen.say(error instanceof Error ? error.message : String(error)),
    );
  };
  const clock = setInterval(() => screen.draw(), refreshMs);
  terminal.out.onResize(() => screen.draw(), signal);
  try {
    screen.draw();
    await client.follow({
      signal,
      // Whatever was missed while the stream was down is in the matrix that is loaded now.
      onState: (state) => {
        screen.say(state);
        if (state === 'live') reload();
      },
      onEvent: () => {
        timer ??= setTimeout(reload, settleMs);
      },
    });
  } finally {
    clearTimeout(timer);
    clearInterval(clock);
    screen.stop();
    await loading?.catch(() => undefined); // its failure has nobody to be told any more
    terminal.out.write(leave);
  }
}

class MatrixScreen {
  readonly #terminal: Terminal;
  #matrix: Matrix | undefined;
  #state = 'connecting';
  #fresh: ReadonlySet<string> = new Set();
  #fading: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  show(matrix: Matrix): void {
    const fresh = this.#matrix ? changedSlots(this.#matrix, matrix) : new Set<string>();
    const first = this.#matrix === undefined;
    this.#matrix = matrix;
    if (first || this.#stopped) return;
    if (fresh.size > 0) this.#glow(fresh);
    this.draw();
  }

  say(state: string): void {
    this.#state = state;
    this.draw();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#fading);
  }

  draw(): void {
    if (!this.#matrix || this.#stopped) return;
    const { out, now } = this.#terminal;
    const paint = createPaint(out.colour);
    const lines = matrixLines(this.#matrix, { width: out.columns, now: now(), paint, fresh: this.#fresh });
    const light = this.#state === 'live' ? paint('green', '● live') : paint('yellow', `○ ${this.#state}`);
    const clock = `${new Date(now()).toISOString().slice(11, 19)} UTC`;
    const head = `${paint('bold', 'Shiplog')}  ${light}  ${paint('grey', `${clock}  Ctrl-C ends`)}`;
    const room = Math.max(1, out.rows - 2);
    const total = lines.at(-1) ?? '';
    const hidden = lines.length - room;
    const more = paint('grey', `… ${hidden + 2} more lines; a higher window shows them`);
    const shown = hidden <= 0 ? lines : [...lines.slice(0, Math.max(0, room - 2)), more, total];
    out.write(home + [head, '', ...shown].map((text) => text + clearLine).join('\r\n') + clearBelow);
  }

  #glow(fresh: ReadonlySet<string>): void {
    this.#fresh = fresh;
    clearTimeout(this.#fading);
    this.#fading = setTimeout(() => {
      this.#fresh = new Set();
      this.draw();
    }, freshMs);
  }
}

function changedSlots(before: Matrix, after: Matrix): Set<string> {
  const known = newsBySlot(before);
  return new Set([...newsBySlot(after)].filter(([key, news]) => known.get(key) !== news).map(([key]) => key));
}

function newsBySlot(matrix: Matrix): Map<string, string> {
  const slots = matrix.rows.flatMap((row) =>
    Object.entries(row.slots).map(
      ([name, { current, next, waiting }]) =>
        [
          slotKey(row, name),
          `${current.id} ${next?.id ?? ''} ${waiting?.newest.id ?? ''} ${waiting?.count ?? 0}`,
        ] as const,
    ),
  );
  return new Map(slots);
}
