import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';

type Git = ChildProcessByStdio<Writable, Readable, Readable>;

/** How git is run. */
export interface GitSetting {
  readonly environment: NodeJS.ProcessEnv;
  /** Ends what runs, which then throws. */
  readonly signal: AbortSignal;
}

interface RunningGit {
  readonly git: Git;
  /** Throws where it failed. */
  readonly end: Promise<void>;
}

/** A commit to make. Its parents are named by their marks where they are of the same run, else by their shas. */
export interface NewCommit {
  /** Whole, such as `refs/heads/main`. */
  readonly ref: string;
  /** First parent first; none: a root. */
  readonly parents: readonly string[];
  readonly author: string;
  readonly committer: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly message: string;
  readonly file: string;
  readonly content: string;
}

/** Writes commits to a bare repository by `git fast-import`, many in one process, and asks it for their shas. */
export class FastImport {
  readonly #git: Git;
  readonly #answers: AsyncIterator<string>;
  readonly #lines: Interface;
  readonly #end: Promise<void>;
  #marks = 0;

  private constructor({ git, end }: RunningGit) {
    this.#git = git;
    this.#end = end;
    end.catch(() => undefined); // whoever asks next, or ends it, is told
    this.#lines = createInterface({ input: git.stdout });
    this.#answers = this.#lines[Symbol.asyncIterator]();
    git.stdin.on('error', () => undefined); // it ended early: its exit code tells
  }

  /** Throws where git cannot be started. */
  static async start(repository: string, setting: GitSetting): Promise<FastImport> {
    return new FastImport(await startGit(['-C', repository, 'fast-import', '--quiet', '--force', '--done'], setting));
  }

  /** Answers its mark. */
  commit({ ref, parents, author, committer, at, message, file, content }: NewCommit): string {
    this.#marks += 1;
    const [from, ...merged] = parents;
    const lines = [
      `commit ${ref}`,
      `mark :${this.#marks}`,
      `author ${personText(author, at)}`,
      `committer ${personText(committer, at)}`,
      dataText(message),
      ...(from ? [`from ${from}`] : []),
      ...merged.map((parent) => `merge ${parent}`),
      `M 100644 inline ${file}`,
      dataText(content),
    ];
    this.#git.stdin.write(`${lines.join('\n')}\n`);
    return `:${this.#marks}`;
  }

  /** The sha behind a mark; what is a sha already stays one. Many may be asked for at once. */
  async shaOf(mark: string): Promise<string> {
    if (!mark.startsWith(':')) return mark;
    this.#git.stdin.write(`get-mark ${mark}\n`);
    const { value, done } = await this.#answers.next();
    if (done) {
      await this.#end;
      throw new Error('git fast-import ended too early');
    }
    return value;
  }

  async end(): Promise<void> {
    this.#git.stdin.end('done\n');
    await this.#end;
    this.#lines.close();
  }
}

/** Runs git to its end. Throws where it cannot be started, or fails. */
export async function runGit(args: readonly string[], setting: GitSetting): Promise<void> {
  const { git, end } = await startGit(args, setting);
  git.stdout.resume();
  git.stdin.end();
  await end;
}

/** In a process group of its own: the terminal's Ctrl-C is for the demo, which then ends it. */
async function startGit(args: readonly string[], { environment, signal }: GitSetting): Promise<RunningGit> {
  signal.throwIfAborted();
  const git = spawn('git', args, { env: environment, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  await once(git, 'spawn');
  const kill = () => git.kill();
  signal.addEventListener('abort', kill, { once: true });
  git.once('exit', () => signal.removeEventListener('abort', kill));
  if (signal.aborted) kill();
  return { git, end: ended(git) };
}

async function ended(git: Git): Promise<void> {
  const errors = text(git.stderr);
  const [code, signal] = await once(git, 'exit');
  if (code !== 0) throw new Error(`git ended with ${code ?? signal}: ${(await errors).trim()}`);
}

function personText(name: string, at: number): string {
  return `${name} <${name}@example.com> ${Math.floor(at / 1000)} +0000`;
}

function dataText(content: string): string {
  return `data ${Buffer.byteLength(content)}\n${content}`;
}
