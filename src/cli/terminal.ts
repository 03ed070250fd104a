import type { Readable } from 'node:stream';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything a command touches of the process it runs in, handed to it so that tests can stand in for it. */
export interface Terminal {
  readonly environment: Environment;
  readonly input: Readable;
  /** Answers go to standard output; progress, warnings and errors to standard error. */
  readonly out: TextOutput;
  readonly err: TextOutput;
  readonly now: () => number;
  readonly random: () => number;
  /**
   * A signal that aborts when the user or the system asks the command to end. From the first call on the command has to
   * end itself; a second request ends the process at once.
   */
  readonly interruption: () => AbortSignal;
  /** The command goes on when whoever reads its output goes away. */
  readonly outliveReader: () => void;
}

export interface TextOutput {
  write(text: string): void;
  readonly interactive: boolean;
  readonly colour: boolean;
  /** Size of the window; wide and endless where there is none. */
  readonly columns: number;
  readonly rows: number;
  /** Calls back when the window changes size, until the signal aborts. */
  onResize(callback: () => void, signal: AbortSignal): void;
}

export function line(output: TextOutput, text: string): void {
  output.write(`${text}\n`);
}

export function json(output: TextOutput, value: unknown): void {
  output.write(`${JSON.stringify(value, null, output.interactive ? 2 : undefined)}\n`);
}
