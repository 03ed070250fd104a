import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';

export interface GeneratedRepository {
  readonly path: string;
  /** Shas of the main branch, first parents only, the oldest first. */
  readonly main: readonly string[];
  readonly commits: number;
  readonly requests: number;
  /** Requests that were merged; the others were squashed. */
  readonly merges: number;
}

/** Commits on each side branch, of which every one is merged by a request. */
const perBranch = 9;

/**
 * Makes a bare repository of `requests` merge requests of nine commits each, every one in one of so many folders: the same at
 * each run. Every tenth is squashed onto main instead of merged, as repositories mix them; its branch is gone.
 */
export async function generateRepository(
  path: string,
  requests: number,
  folders: number,
): Promise<GeneratedRepository> {
  mkdirSync(path, { recursive: true });
  await git(path, ['init', '--quiet', '--bare', '--initial-branch=main', '.']);
  await git(path, ['config', 'uploadpack.allowFilter', 'true']);
  const importing = spawn('git', ['fast-import', '--quiet', '--force'], {
    cwd: path,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = once(importing, 'exit');
  let commits = 0;
  const write = async (text: string) => {
    if (!importing.stdin.write(text)) await once(importing.stdin, 'drain');
  };
  const commit = async (ref: string, subject: string, folder: number, from?: number, merge?: number) => {
    commits += 1;
    const at = 1_500_000_000 + commits * 60;
    const body = `${subject}\n`;
    const content = `${commits}\n`;
    await write(
      [
        `commit ${ref}`,
        `mark :${commits}`,
        `author Ada <ada@example.com> ${at} +0000`,
        `committer Ada <ada@example.com> ${at} +0000`,
        `data ${Buffer.byteLength(body)}`,
        body,
        ...(from === undefined ? [] : [`from :${from}`]),
        ...(merge === undefined ? [] : [`merge :${merge}`]),
        `M 100644 inline ${folderOf(folder)}/file.txt`,
        `data ${Buffer.byteLength(content)}`,
        content,
      ].join('\n'),
    );
    return commits;
  };
  let tip = await commit('refs/heads/main', 'Begin', 0);
  for (let number = 1; number <= requests; number++) {
    let last = tip;
    for (let step = 1; step <= perBranch; step++)
      last = await commit('refs/heads/side', `Step ${step} of ${number}`, number % folders, last);
    const isSquashed = number % 10 === 0;
    const subject = isSquashed
      ? `Add part ${number} (#${number})`
      : `Merge pull request #${number} from acme/part-${number}\n\nAdd part ${number}`;
    tip = await commit('refs/heads/main', subject, number % folders, tip, isSquashed ? undefined : last);
  }
  importing.stdin.end();
  await ended;
  await git(path, ['update-ref', '-d', 'refs/heads/side']);
  const main = (await git(path, ['rev-list', '--first-parent', '--reverse', 'main'])).trim().split('\n');
  const all = Number((await git(path, ['rev-list', '--count', '--all'])).trim());
  const merges = Number((await git(path, ['rev-list', '--count', '--merges', 'main'])).trim());
  return { path, main, commits: all, requests, merges };
}

/** Where the commits of one service are. */
export function folderOf(folder: number): string {
  return `services/service-${folder}`;
}

/** Runs git and answers what it writes. Throws where it fails. */
export async function git(cwd: string, args: readonly string[]): Promise<string> {
  const child = spawn('git', args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`git ${args.join(' ')} ended with ${code}`);
  return Buffer.concat(chunks).toString('utf8');
}
