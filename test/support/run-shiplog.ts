import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Nothing of the environment that the tests run in, which may itself be a CI tool's, reaches the command. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly directory?: string;
  /** In a process group of its own, as a shell starts it: a signal to the group is what Ctrl-C sends. */
  readonly ownGroup?: boolean;
}

export const shiplogFile = fileURLToPath(new URL('../../bin/shiplog.js', import.meta.url));

/** Runs the built command line to its end. */
export async function runShiplog(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const running = startShiplog(args, options);
  return running.finished;
}

export interface RunningCommand extends AsyncDisposable {
  readonly finished: Promise<Finished>;
  readonly pid: number;
  stdout(): string;
  stderr(): string;
  /** Waits until standard output or standard error holds what is looked for. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  stop(signal?: NodeJS.Signals): Promise<Finished>;
}

/** Starts the built command line, for commands that go on until they are stopped. */
export function startShiplog(
  args: readonly string[],
  { environment = {}, input = '', directory = tmpdir(), ownGroup = false }: RunOptions = {},
): RunningCommand {
  const child = spawn(process.execPath, [shiplogFile, ...args], {
    cwd: directory,
    detached: ownGroup,
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...environment },
  });
  child.stdin.on('error', () => undefined); // a command that reads nothing may end before it is told
  child.stdin.end(input);
  const output = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  collect(child, output, listeners);
  const finished = once(child, 'close').then(([code]): Finished => ({ code, ...output }));
  const until = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(output.stdout) ?? pattern.exec(output.stderr);
        if (!found) return;
        listeners.delete(look);
        resolve(found);
      };
      listeners.add(look);
      look();
      finished.then(() => reject(new Error(`Ended without ${pattern}:\n${output.stdout}${output.stderr}`)), reject);
    });
  const stop = (signal: NodeJS.Signals = 'SIGINT') => {
    child.kill(signal);
    return finished;
  };
  return {
    finished,
    pid: child.pid ?? 0,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    until,
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop('SIGKILL');
    },
  };
}

function collect(
  child: ChildProcessWithoutNullStreams,
  output: { stdout: string; stderr: string },
  listeners: ReadonlySet<() => void>,
): void {
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      for (const listener of listeners) listener();
    });
  }
}
