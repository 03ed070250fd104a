import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { environmentOf } from './git-environment.ts';
import { GitFailure, gitMissing, outdatedGit, tookTooLong } from './git-failure.ts';

/** One call of git. What users or remotes name must be checked before, and stands after `--end-of-options` or in `input`. */
export interface GitCall {
  readonly args: readonly string[];
  /** Where it works: a bare repository. */
  readonly folder: string;
  /** Settings of this call only, which stand in no file and no argument. */
  readonly config?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** The one transport that it may use; absent: none. */
  readonly protocol?: string;
  readonly input?: string | AsyncIterable<Buffer>;
  readonly limitMs: number;
  /** What it may answer, at most. */
  readonly outputBytes: number;
  /** Ends it early; the reason is thrown. */
  readonly signal?: AbortSignal;
}

const errorBytes = 16 * 1024;
const graceMs = 2000;

/** Runs the `git` program: without a shell, alone in its process group, for a limited time, with a limited answer. */
export class GitProgram {
  readonly #program: string;
  readonly #home: string;
  readonly #running = new Set<ChildProcess>();
  #checked: Promise<void> | undefined;
  #stopped = false;

  /** `home`: an empty folder, made when it is needed. */
  constructor(program: string, home: string) {
    this.#program = program;
    this.#home = home;
  }

  /** Why git cannot be used here, for people; undefined: it can. */
  async fault(): Promise<string | undefined> {
    try {
      await this.#check();
      return undefined;
    } catch (error) {
      return error instanceof GitFailure ? error.message : gitMissing().message;
    }
  }

  /** Answers what it writes. Throws GitFailure; so do the others. */
  async text(call: GitCall): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.stream(call)) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  }

  async run(call: GitCall): Promise<void> {
    for await (const _ of this.stream(call));
  }

  /** What it writes, as it comes. It ends when the reader stops reading. */
  async *stream(call: GitCall): AsyncGenerator<Buffer> {
    await this.#check();
    yield* this.#stream(call);
  }

  /** Ends what runs; nothing is started any more. */
  stop(): void {
    this.#stopped = true;
    for (const child of this.#running) endGroup(child);
  }

  async *#stream(call: GitCall): AsyncGenerator<Buffer> {
    const { args, folder, input = '', limitMs, outputBytes, signal } = call;
    if (this.#stopped) throw new GitFailure('The server is stopping.', { isStopping: true });
    const child = spawn(this.#program, args, {
      cwd: folder,
      env: environmentOf(call, this.#home),
      detached: true,
      shell: false,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#running.add(child);
    const ended = endOf(child);
    // Whoever reads what it writes waits for its end later, or never where another thing fails first.
    ended.catch(() => undefined);
    const errors = collect(child.stderr, errorBytes);
    const why = new AbortController();
    const end = (reason: unknown) => {
      why.abort(reason);
      endGroup(child);
    };
    const timer = setTimeout(() => end(tookTooLong(limitMs)), limitMs);
    const onAbort = () => end(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) onAbort();
    feed(child, input).catch((error: unknown) => end(error));
    let read = 0;
    try {
      for await (const chunk of child.stdout) {
        read += chunk.length;
        if (read > outputBytes) end(new GitFailure('The repository answers more than is taken from one.'));
        if (why.signal.aborted) break;
        yield chunk;
      }
      const code = await ended;
      if (this.#stopped) throw new GitFailure('The server is stopping.', { isStopping: true });
      why.signal.throwIfAborted();
      if (code !== 0) throw GitFailure.of(await errors);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      endGroup(child);
      this.#running.delete(child);
    }
  }

  /** Once: a program that is missing is looked for again the next time. */
  async #check(): Promise<void> {
    this.#checked ??= this.#askVersion();
    try {
      await this.#checked;
    } catch (error) {
      this.#checked = undefined;
      throw error;
    }
  }

  async #askVersion(): Promise<void> {
    await mkdir(this.#home, { recursive: true, mode: 0o700 });
    const call = { args: ['version'], folder: this.#home, limitMs: 10_000, outputBytes: 4096 };
    let answer = '';
    for await (const chunk of this.#stream(call)) answer += chunk.toString('utf8');
    const [, major = 0, minor = 0] = /(\d+)\.(\d+)/.exec(answer) ?? [];
    // http.curloptResolve, by which the address that was checked is the one that is connected to.
    if (Number(major) * 1000 + Number(minor) < 2037) throw outdatedGit(`${major}.${minor}`);
  }
}

/** Its exit code; a signal that ended it counts as none. Rejects where the program could not be started. */
async function endOf(child: ChildProcess): Promise<number | null> {
  try {
    const [code] = await once(child, 'close');
    return code;
  } catch (error) {
    throw gitMissing(error);
  }
}

/** A program that ends before it has read everything has its own reasons: its exit code tells them. */
async function feed({ stdin }: ChildProcess, input: string | AsyncIterable<Buffer>): Promise<void> {
  if (!stdin) return;
  stdin.on('error', () => undefined);
  if (typeof input === 'string') {
    stdin.end(input);
    return;
  }
  try {
    for await (const chunk of input) {
      if (stdin.destroyed) return;
      if (!stdin.write(chunk)) await Promise.race([once(stdin, 'drain'), once(stdin, 'close')]);
    }
  } finally {
    stdin.end();
  }
}

async function collect(stream: NodeJS.ReadableStream | null, most: number): Promise<string> {
  let text = '';
  stream?.on('data', (chunk: Buffer) => {
    if (text.length < most) text += chunk.toString('utf8');
  });
  if (stream) await finished(stream).catch(() => undefined);
  return text;
}

/** Politely, so that git removes its locks; then for good. Its helpers end with it. */
function endGroup(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  signalGroup(child.pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), graceMs);
  child.once('close', () => clearTimeout(timer));
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // All of it has ended.
  }
}
