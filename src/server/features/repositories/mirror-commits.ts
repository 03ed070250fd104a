import { GitFailure } from './git-failure.ts';
import type { RawCommit } from './mirrors.ts';

/** Each field and each commit ends with NUL, which no part of a commit can hold. */
export const commitFormat = '--format=tformat:%H%x00%P%x00%an%x00%at%x00%ct%x00%B';
const fieldsOfCommit = 6;
/** Longer parts are cut. */
const fieldBytes = 64 * 1024;

/** Reads what `git log -z` writes with `commitFormat`. */
export async function* commitsOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<RawCommit> {
  let fields: string[] = [];
  for await (const field of fieldsOf(chunks)) {
    fields.push(field);
    if (fields.length < fieldsOfCommit) continue;
    yield commitOf(fields);
    fields = [];
  }
  if (fields.length > 0) throw new GitFailure('git ended in the middle of a commit.');
}

function commitOf([
  sha = '',
  parents = '',
  author = '',
  authored,
  committed,
  message = '',
]: readonly string[]): RawCommit {
  return {
    sha,
    parents: parents === '' ? [] : parents.split(' '),
    author,
    authoredAt: momentOf(authored),
    committedAt: momentOf(committed),
    message,
  };
}

/** Commits may carry any number, and what is none. */
function momentOf(seconds = ''): number {
  const ms = Number(seconds) * 1000;
  return Number.isSafeInteger(ms) && Math.abs(ms) <= 8.64e15 ? ms : 0;
}

/** Texts that end with NUL, each cut where it grows too long, so that no commit can fill the memory. */
async function* fieldsOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  let size = 0;
  const add = (part: Buffer) => {
    const rest = part.subarray(0, Math.max(0, fieldBytes - size));
    if (rest.length > 0) parts.push(rest);
    size += rest.length;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, from)) {
      add(chunk.subarray(from, end));
      yield textOf(parts);
      parts = [];
      size = 0;
      from = end + 1;
    }
    add(chunk.subarray(from));
  }
}

/** The databases take no half of a character, which a cut may leave. */
function textOf(parts: readonly Buffer[]): string {
  return Buffer.concat(parts).toString('utf8');
}

/** Lines of text, as `rev-list` writes them. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
