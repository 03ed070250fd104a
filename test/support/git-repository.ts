import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A commit to make. What it does not say: the root of a history, by Ann Author, a minute after the one before it. */
export interface NewCommit {
  readonly message: string;
  /** Their shas, or the `as` of those made in the same call, first parent first. */
  readonly parents?: readonly string[];
  /** How others of the same call name it. */
  readonly as?: string;
  /** A branch that is moved here, whatever it was. */
  readonly branch?: string;
  readonly author?: string;
  readonly authoredAt?: string;
  readonly committedAt?: string;
  /** Files that differ from its first parent; null: it is gone. */
  readonly files?: Readonly<Record<string, string | null>>;
}

/** A git repository in a folder of its own: a remote for tests. Ends with `await using`. */
export interface GitRepository extends AsyncDisposable {
  readonly path: string;
  /** The folder above it, which `repositoryPaths` may allow. */
  readonly folder: string;
  /** Makes commits and answers their shas, in the order given. */
  write(commits: readonly NewCommit[]): Promise<string[]>;
  /** Makes one commit on a branch (`main` where it says none), on top of what is there unless it names its parents. */
  commit(message: string, commit?: Omit<NewCommit, 'message'>): Promise<string>;
  tag(name: string, sha: string): Promise<void>;
  branch(name: string, sha: string): Promise<void>;
  removeBranch(name: string): Promise<void>;
  /** Answers what git prints, without the last line break. */
  git(...args: readonly string[]): Promise<string>;
}

const run = promisify(execFile);
/** Nothing of the machine's own settings may change what a test sees. */
const environment = { PATH: '/usr/local/bin:/usr/bin:/bin', GIT_CONFIG_NOSYSTEM: '1', HOME: '/nonexistent' };
const firstCommitAt = Date.parse('2026-01-05T09:00:00Z');

/** Makes an empty repository whose HEAD names `main`. */
export async function makeGitRepository(): Promise<GitRepository> {
  const folder = await mkdtemp(join(tmpdir(), 'shiplog-git-'));
  const path = join(folder, 'repository.git');
  await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', path], { env: environment });
  const git = async (...args: readonly string[]): Promise<string> => {
    const { stdout } = await run('git', ['-C', path, ...args], { env: environment, maxBuffer: 64 * 1024 * 1024 });
    return stdout.replace(/\n$/, '');
  };
  await git('config', 'uploadpack.allowFilter', 'true');
  await git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  let made = 0;
  const nextMoment = () => new Date(firstCommitAt + 60_000 * made++).toISOString();
  const write = async (commits: readonly NewCommit[]): Promise<string[]> => {
    const marks = join(folder, 'marks');
    const marksOf = new Map(commits.flatMap(({ as }, index) => (as === undefined ? [] : [[as, index + 1] as const])));
    const text = commits.map((commit, index) => commitText(commit, index + 1, marksOf, nextMoment()));
    await fastImport(path, marks, `${text.join('')}done\n`);
    const shas = new Map((await readFile(marks, 'utf8')).split('\n').map((line) => pairOf(line)));
    const answer = commits.map((_, index) => shas.get(`:${index + 1}`) ?? '');
    await git('update-ref', '-d', workRef);
    for (const [index, { branch }] of commits.entries())
      if (branch !== undefined) await git('update-ref', `refs/heads/${branch}`, answer[index] ?? '');
    return answer;
  };
  return {
    path,
    folder,
    git,
    write,
    async commit(message, { branch = 'main', ...commit } = {}) {
      const tip = await git('for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`);
      const parents = commit.parents ?? (tip === '' ? [] : [tip]);
      const [sha = ''] = await write([{ ...commit, message, branch, parents }]);
      return sha;
    },
    tag: async (name, sha) => void (await git('update-ref', `refs/tags/${name}`, sha)),
    branch: async (name, sha) => void (await git('update-ref', `refs/heads/${name}`, sha)),
    removeBranch: async (name) => void (await git('update-ref', '-d', `refs/heads/${name}`)),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Commits are made on a ref of no branch, so that a root is one. */
const workRef = 'refs/import/work';

async function fastImport(path: string, marks: string, input: string): Promise<void> {
  const args = ['-C', path, 'fast-import', '--quiet', '--force', '--done', `--export-marks=${marks}`];
  const child = spawn('git', args, { env: environment, stdio: ['pipe', 'ignore', 'pipe'] });
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(Buffer.concat(errors).toString());
}

function commitText(commit: NewCommit, mark: number, marksOf: ReadonlyMap<string, number>, moment: string): string {
  const { message, parents = [], author = 'Ann Author', authoredAt = moment, committedAt = authoredAt } = commit;
  const named = parents.map((parent) => (marksOf.has(parent) ? `:${marksOf.get(parent)}` : parent));
  const files = Object.entries(commit.files ?? {}).map(([name, content]) =>
    content === null ? `D ${name}\n` : `M 100644 inline ${name}\n${dataText(content)}`,
  );
  return [
    `reset ${workRef}\n\n`,
    `commit ${workRef}\nmark :${mark}\n`,
    `author ${personText(author, authoredAt)}\n`,
    `committer ${personText('Carl Committer', committedAt)}\n`,
    dataText(message),
    ...named.map((parent, index) => `${index === 0 ? 'from' : 'merge'} ${parent}\n`),
    ...files,
    '\n',
  ].join('');
}

function personText(name: string, at: string): string {
  return `${name} <${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@example.com> ${Date.parse(at) / 1000} +0000`;
}

function dataText(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function pairOf(line: string): [string, string] {
  const [mark = '', sha = ''] = line.split(' ');
  return [mark, sha];
}
