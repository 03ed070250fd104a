import { Readable } from 'node:stream';
import type { Terminal, TextOutput } from '../../src/cli/terminal.ts';

export interface FakeTerminal extends Terminal {
  /** Everything written so far, control sequences included. */
  written(): string;
  /** Waits until what is looked for was written after `from` characters. */
  until(pattern: RegExp, from?: number): Promise<void>;
  /** What Ctrl-C does. */
  interrupt(): void;
  resize(columns: number, rows: number): void;
}

/** A terminal with a screen, for what commands draw only where there is one. */
export function fakeTerminal(environment: Readonly<Record<string, string>>, input = ''): FakeTerminal {
  const controller = new AbortController();
  const listeners = new Set<() => void>();
  const resized = new Set<() => void>();
  const size = { columns: 120, rows: 30 };
  let written = '';
  const output: TextOutput = {
    interactive: true,
    colour: true,
    get columns() {
      return size.columns;
    },
    get rows() {
      return size.rows;
    },
    write: (text) => {
      written += text;
      for (const listener of listeners) listener();
    },
    onResize: (callback) => void resized.add(callback),
  };
  return {
    environment,
    input: Readable.from([input]),
    out: output,
    err: output,
    now: () => Date.now(),
    random: () => 0.5,
    interruption: () => controller.signal,
    outliveReader: () => {},
    written: () => written,
    until: (pattern, from = 0) =>
      new Promise((resolve) => {
        const look = () => {
          if (!pattern.test(written.slice(from))) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      }),
    interrupt: () => controller.abort(),
    resize: (columns, rows) => {
      Object.assign(size, { columns, rows });
      for (const callback of resized) callback();
    },
  };
}
