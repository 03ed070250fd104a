import { constants } from 'node:os';
import type { WriteStream } from 'node:tty';
import type { Environment, Terminal, TextOutput } from './terminal.ts';

/** The terminal of this very process. */
export function processTerminal(environment: Environment): Terminal {
  let controller: AbortController | undefined;
  let outlivesReader = false;
  // A reader that went away (`shiplog log | head`) is no failure, and nothing is left to do, but for a server.
  const onReaderGone = () => {
    if (!outlivesReader) process.exit(0);
  };
  return {
    environment,
    input: process.stdin,
    out: textOutput(process.stdout, environment, onReaderGone),
    err: textOutput(process.stderr, environment, onReaderGone),
    now: () => Date.now(),
    random: () => Math.random(),
    outliveReader: () => {
      outlivesReader = true;
    },
    interruption: () => {
      controller ??= watchSignals();
      return controller.signal;
    },
  };
}

function watchSignals(): AbortController {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(128 + constants.signals[name]);
      controller.abort(name);
    });
  }
  return controller;
}

function textOutput(stream: WriteStream, environment: Environment, onReaderGone: () => void): TextOutput {
  const interactive = stream.isTTY === true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    onReaderGone();
  });
  return {
    interactive,
    colour: wantsColour(interactive, environment),
    get columns() {
      return interactive ? stream.columns : Number.POSITIVE_INFINITY;
    },
    get rows() {
      return interactive ? stream.rows : Number.POSITIVE_INFINITY;
    },
    write: (text) => {
      stream.write(text);
    },
    onResize: (callback, signal) => {
      stream.on('resize', callback);
      signal.addEventListener('abort', () => stream.off('resize', callback), { once: true });
    },
  };
}

/** See no-color.org and force-color.org: a variable counts when it is set and not empty. */
function wantsColour(interactive: boolean, { NO_COLOR, FORCE_COLOR, TERM }: Environment): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0';
  return interactive && TERM !== 'dumb';
}
