import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases } from '../../../../test/support/databases.ts';
import { type GitRepository, makeGitRepository, type NewCommit } from '../../../../test/support/git-repository.ts';
import { indexedRepository } from '../../../../test/support/indexed-repository.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { CommitIndexService } from './commit-index-service.ts';
import { CommitLandingStore } from './commit-landing-store.ts';
import { GitFailure } from './git-failure.ts';
import { Mirrors } from './mirrors.ts';

describe.each(databases)('commits are read on $name', ({ name }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
  });
  afterAll(() => server.stop());

  test('each with a number greater than those of its parents', async () => {
    await using remote = await makeGitRepository();
    const lines = recorded('gitlab-merges');
    await remote.write(lines.map(commitOf));
    const { turn, commits, state, id } = await indexedRepository(server, remote);
    expect(await turn()).toEqual({ added: lines.length, isCut: false });
    const rows = await commits();
    expect(rows.map(({ n }) => n)).toEqual(lines.map((_, index) => index));
    const order = (await remote.git('rev-list', '--all', '--parents')).split('\n').map((line) => line.split(' '));
    const numbers = new Map(rows.map(({ n, sha }) => [sha, n]));
    const expected = new Map(
      order.map(([sha = '', ...parents]) => [sha, parents.map((parent) => numbers.get(parent))]),
    );
    for (const { n, sha, parents } of rows) {
      expect(parents.split(' ').filter(Boolean).map(Number)).toEqual(expected.get(sha));
      expect(expected.get(sha)?.every((parent) => (parent ?? n) < n)).toBe(true);
    }
    expect(await state()).toMatchObject({ commit_count: lines.length, index_version: 1, shallow: 0 });

    const landed: string[] = [];
    const service = new CommitIndexService(new CommitLandingStore(server.context.database));
    for await (const changes of service.landedChanges(id)) landed.push(...changes.map(({ number }) => `!${number}`));
    const told = lines.flatMap(({ see_merge_request: seen }) => (seen ? `!${seen.split('!')[1]}` : []));
    expect(landed.toSorted()).toEqual(told.toSorted());
  });

  test('once: a second turn adds only what came since', async () => {
    await using remote = await makeGitRepository();
    await remote.commit('One');
    const { turn, commits, state } = await indexedRepository(server, remote);
    await turn();
    expect(await turn()).toEqual({ added: 0, isCut: false });
    expect((await state()).index_version).toBe(1);
    const two = await remote.commit('Two (#2)', { author: 'Ada Author', authoredAt: '2026-02-03T04:05:06Z' });
    expect(await turn()).toEqual({ added: 1, isCut: false });
    expect((await state()).index_version).toBe(2);
    expect((await commits())[1]).toMatchObject({
      n: 1,
      sha: two,
      parents: '0',
      subject: 'Two (#2)',
      author: 'Ada Author',
      authored_at: Date.parse('2026-02-03T04:05:06Z'),
      committed_at: Date.parse('2026-02-03T04:05:06Z'),
    });
  });

  test('and kept where a force push takes them away', async () => {
    await using remote = await makeGitRepository();
    const one = await remote.commit('One');
    await remote.commit('Lost (#5)');
    const { turn, commits, notes } = await indexedRepository(server, remote);
    await turn();
    const [found = ''] = await remote.write([{ message: 'Found (#5)', parents: [one], branch: 'main' }]);
    expect(await turn()).toEqual({ added: 1, isCut: false });
    expect((await commits()).map(({ subject, parents }) => [subject, parents])).toEqual([
      ['One', ''],
      ['Lost (#5)', '0'],
      ['Found (#5)', '0'],
    ]);
    expect(await notes()).toContainEqual([found, 'squash', 5]);
  });

  test('by two nodes at once with one number each', async () => {
    await using remote = await makeGitRepository();
    const count = 1300;
    await remote.write(lineOf(count));
    const { node, commits, notes, state } = await indexedRepository(server, remote);
    const results = await Promise.all([node('a').turn(), node('b').turn()]);
    expect(results.map(({ added }) => added).reduce((sum, added) => sum + added)).toBe(count);
    expect((await commits()).map(({ n, subject }) => `${n} ${subject}`)).toEqual(
      Array.from({ length: count }, (_, n) => `${n} Step (#${n + 1})`),
    );
    expect(await notes()).toHaveLength(count);
    expect((await state()).commit_count).toBe(count);
  });

  test('to the end, where a turn ended halfway', async () => {
    await using remote = await makeGitRepository();
    await remote.write(lineOf(700));
    const { node, turn, commits, notes, state } = await indexedRepository(server, remote);
    const broken = node('a', BreakingMirrors);
    await expect(broken.turn()).rejects.toThrow('The disk is gone.');
    expect((await state()).commit_count).toBe(500);
    expect(await turn()).toEqual({ added: 200, isCut: false });
    expect((await commits()).map(({ subject }) => subject)).toEqual(lineOf(700).map(({ message }) => message));
    expect(await notes()).toHaveLength(700);
    expect((await state()).index_version).toBe(1);
  });

  test('and a revert that names a change is one of the commit that landed it', async () => {
    await using remote = await makeGitRepository();
    const shas = await remote.write([
      { as: 'base', message: 'Mend (#4)' },
      { as: 'paint', message: 'Paint (#7)', parents: ['base'] },
      { as: 'unpaint', message: 'Revert "Paint (#7)" (#8)', parents: ['paint'] },
      { as: 'again', message: 'Paint again (#7)', parents: ['unpaint'] },
      { as: 'unmend', message: 'Revert "Merge branch x"\n\nThis reverts merge request !4', parents: ['again'] },
      { message: 'Revert "Elsewhere (#99)"', parents: ['unmend'], branch: 'main' },
    ]);
    const { turn, notes } = await indexedRepository(server, remote);
    await turn();
    const reverts = (await notes()).filter(([, kind]) => kind === 'revert');
    expect(reverts).toEqual([
      [shas[2], 'revert', shas[1]],
      [shas[4], 'revert', shas[0]],
      [shas[5], 'revert', 99],
    ]);
  });

  test('with the tags as they are', async () => {
    await using remote = await makeGitRepository();
    const [one, two] = [await remote.commit('One'), await remote.commit('Two')];
    await remote.tag('v1', one);
    await remote.tag('stays', one);
    const { turn, tags, state } = await indexedRepository(server, remote);
    await turn();
    expect(await tags()).toEqual({ v1: one, stays: one });
    await remote.tag('v1', two);
    await remote.tag('v2', two);
    await remote.git('update-ref', '-d', 'refs/tags/stays');
    await turn();
    expect(await tags()).toEqual({ v1: two, v2: two });
    expect((await state()).index_version).toBe(2);
  });

  test('by the folders that projects are limited to', async () => {
    await using remote = await makeGitRepository();
    await remote.commit('Api', { files: { 'services/api/a.txt': '1' } });
    await remote.commit('Api 2', { files: { 'services/api-2/a.txt': '1' } });
    await remote.commit('Web', { files: { 'services/web/a.txt': '1' } });
    const { turn, touching, limitTo } = await indexedRepository(server, remote);
    await turn();
    expect(await touching('services/api')).toEqual([]);
    const limit = await limitTo('services/api');
    await turn();
    expect(await touching('services/api')).toEqual(['Api']);
    await remote.commit('Both', { files: { 'services/api/a.txt': '2', 'services/web/a.txt': '2' } });
    await turn();
    expect(await touching('services/api')).toEqual(['Api', 'Both']);

    await limit('services/web');
    await remote.commit('Meanwhile', { files: { 'services/api/a.txt': '3' } });
    await turn();
    expect(await touching('services/web')).toEqual(['Web', 'Both']);
    await limit('services/api');
    await turn();
    expect(await touching('services/api')).toEqual(['Api', 'Both', 'Meanwhile']);
  });

  test('as far as a shallow remote has them', async () => {
    await using remote = await makeGitRepository();
    for (const message of ['One', 'Two', 'Three']) await remote.commit(message);
    const shallow = join(remote.folder, 'shallow.git');
    await remote.git('clone', '--quiet', '--bare', '--depth=2', `file://${remote.path}`, shallow);
    const { turn, commits } = await indexedRepository(server, remote, shallow);
    expect(await turn()).toEqual({ added: 2, isCut: true });
    expect((await commits()).map(({ subject, parents }) => [subject, parents])).toEqual([
      ['Two', ''],
      ['Three', '0'],
    ]);
  });

  test('whatever their messages hold', async () => {
    await using remote = await makeGitRepository();
    const { tree } = await treeOf(remote);
    const person = (who: string) => Buffer.from(`${who} <a@shop.com> 1760000000 +0000\n`, 'latin1');
    const commit = (message: Buffer, who = 'Ada') =>
      execFileSync('git', ['-C', remote.path, 'hash-object', '-t', 'commit', '-w', '--stdin', '--literally'], {
        input: Buffer.concat([
          Buffer.from(`tree ${tree}\nauthor `),
          person(who),
          Buffer.from('committer '),
          person(who),
          Buffer.from('\n'),
          message,
        ]),
      })
        .toString()
        .trim();
    await remote.branch('invalid', commit(Buffer.from([0xff, 0xfe, 0x41, 0xed, 0xa0, 0x80, 0x0a])));
    await remote.branch('empty', commit(Buffer.from('')));
    await remote.branch('blank', commit(Buffer.from('\n\n  Later (#3)\n'), '\xff\xfe'));
    await remote.branch('nul', commit(Buffer.from('Zero\0 (#4)')));
    await remote.branch('long', commit(Buffer.from(`${'x'.repeat(499)}😀${'y'.repeat(70_000)} (#5)`), 'z'.repeat(400)));
    await remote.branch('huge', commit(Buffer.from('Huge (#99999999999999999999)')));
    const { turn, commits } = await indexedRepository(server, remote);
    expect((await turn()).added).toBe(6);
    const rows = await commits();
    expect(rows.every(({ subject, author }) => subject.isWellFormed() && author.isWellFormed())).toBe(true);
    expect(rows.map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(['Later (#3)', '', 'x'.repeat(499), 'Huge (#99999999999999999999)']),
    );
    expect(rows.map(({ author }) => author.length)).toContain(255);
  });

  test('as changes, with the author of what was merged', async () => {
    await using remote = await makeGitRepository();
    const [, , , squashed = ''] = await remote.write([
      { as: 'base', message: 'Base' },
      { as: 'topic', message: 'Mend', parents: ['base'], author: 'Ada Author' },
      {
        as: 'merge',
        message: 'Merge pull request #4 from ada/topic\n\nMend the door',
        parents: ['base', 'topic'],
        author: 'Max Maintainer',
      },
      { as: 'squash', message: 'Paint it (#7)', parents: ['merge'], author: 'Bob Author', branch: 'main' },
    ]);
    await remote.commit(`Paint it (#7)\n\n(cherry picked from commit ${squashed})`, { branch: 'stable', parents: [] });
    const { id, turn } = await indexedRepository(server, remote);
    await turn();
    const changes: unknown[] = [];
    const service = new CommitIndexService(new CommitLandingStore(server.context.database));
    for await (const some of service.landedChanges(id)) changes.push(...some);
    expect(changes).toHaveLength(2);
    expect(changes).toEqual([
      expect.objectContaining({
        kind: 'merge',
        number: 4,
        title: 'Mend the door',
        authorName: 'Ada Author',
        mergedBy: 'Max Maintainer',
        sourceBranch: 'topic',
      }),
      expect.objectContaining({
        kind: 'squash',
        number: 7,
        title: 'Paint it',
        authorName: 'Bob Author',
        sha: squashed,
      }),
    ]);
  });
});

/** Ends after 600 commits. */
class BreakingMirrors extends Mirrors {
  override async *newCommits(id: number) {
    let left = 600;
    for await (const commit of super.newCommits(id)) {
      if (left-- === 0) throw new GitFailure('The disk is gone.');
      yield commit;
    }
  }
}

async function treeOf(remote: GitRepository): Promise<{ readonly tree: string }> {
  await remote.commit('Nothing');
  const tree = await remote.git('rev-parse', 'main^{tree}');
  await remote.removeBranch('main');
  return { tree };
}

function lineOf(count: number): NewCommit[] {
  return Array.from({ length: count }, (_, n) => ({
    as: `c${n}`,
    message: `Step (#${n + 1})`,
    ...(n > 0 ? { parents: [`c${n - 1}`] } : {}),
    ...(n === count - 1 ? { branch: 'main' } : {}),
  }));
}

interface Line {
  readonly sha: string;
  readonly type: string;
  readonly parents: readonly string[];
  readonly subject: string;
  readonly authored_at: string;
  readonly committed_at: string;
  readonly see_merge_request?: string;
}

function recorded(name: string): Line[] {
  const file = new URL(`../../../../test/fixtures/git-history/${name}.ndjson`, import.meta.url);
  const lines: Line[] = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return lines.filter(({ type }) => type === 'commit');
}

function commitOf({ sha, parents, subject, ...line }: Line, index: number, all: readonly Line[]): NewCommit {
  return {
    as: sha,
    parents,
    message: line.see_merge_request ? `${subject}\n\nSee merge request ${line.see_merge_request}` : subject,
    authoredAt: line.authored_at,
    committedAt: line.committed_at,
    ...(index === all.length - 1 ? { branch: 'main' } : {}),
  };
}
