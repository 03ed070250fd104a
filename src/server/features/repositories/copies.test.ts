import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases } from '../../../../test/support/databases.ts';
import { makeGitRepository, type NewCommit } from '../../../../test/support/git-repository.ts';
import { indexedRepository } from '../../../../test/support/indexed-repository.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

const same = { message: 'Mend', author: 'Ada Author', authoredAt: '2026-02-01T10:00:00Z' };
const again = { ...same, committedAt: '2026-02-02T10:00:00Z' };
const base: NewCommit = { as: 'base', message: 'Base', branch: 'base', files: { a: '1\n', b: '1\n' } };

describe.each(databases)('commits with the same author, date and subject on $name', ({ name }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
  });
  afterAll(() => server.stop());

  test('are copies where they make the same change: rebased, or picked without a word about it', async () => {
    await using remote = await makeGitRepository();
    const [root = '', original = ''] = await remote.write([
      base,
      { ...same, parents: ['base'], branch: 'topic', files: { a: '2\n' } },
    ]);
    const { turn, notes, state } = await indexedRepository(server, remote);
    await turn();
    const [, rebased = ''] = await remote.write([
      { as: 'next', message: 'Next', parents: [root], files: { b: '2\n' } },
      { ...again, parents: ['next'], branch: 'main', files: { a: '2\n' } },
      // The same words about something else, and the same change at another time.
      { ...again, parents: ['next'], branch: 'else', files: { b: '3\n' } },
      { ...again, authoredAt: '2026-02-01T11:00:00Z', parents: ['next'], branch: 'x', files: { a: '2\n' } },
    ]);
    await turn();
    expect(await notes()).toEqual([[rebased, 'copy', original]]);
    expect(await state()).toMatchObject({ commit_count: 6, compared_until: 6, index_version: 3 });
  });

  test('are copies of the one that was committed first, whichever is read first', async () => {
    await using remote = await makeGitRepository();
    const [root = '', rebased = ''] = await remote.write([
      base,
      { ...again, parents: ['base'], files: { a: '2\n' }, branch: 'main' },
    ]);
    const { turn, notes } = await indexedRepository(server, remote);
    await turn();
    const [original = ''] = await remote.write([{ ...same, parents: [root], branch: 'topic', files: { a: '2\n' } }]);
    await turn();
    expect(await notes()).toEqual([[rebased, 'copy', original]]);
  });

  test('are not compared where a message says what was picked', async () => {
    await using remote = await makeGitRepository();
    const [root = '', original = ''] = await remote.write([
      base,
      { ...same, parents: ['base'], branch: 'main', files: { a: '2\n' } },
    ]);
    const message = `Mend\n\n(cherry picked from commit ${original})`;
    const [picked] = await remote.write([
      { ...again, message, parents: [root], branch: 'stable', files: { a: '2\n' } },
    ]);
    const { turn, notes } = await indexedRepository(server, remote);
    await turn();
    expect(await notes()).toEqual([[picked, 'pick', original]]);
  });

  test('are compared at the next turn, where the remote cannot be reached', async () => {
    await using remote = await makeGitRepository();
    await remote.write([
      base,
      { ...same, parents: ['base'], branch: 'topic', files: { a: '2\n' } },
      { as: 'next', message: 'Next', parents: ['base'], files: { b: '2\n' } },
      { ...again, parents: ['next'], branch: 'main', files: { a: '2\n' } },
    ]);
    const { fetch, index, turn, notes, state } = await indexedRepository(server, remote);
    const fetched = await fetch();
    const away = join(remote.folder, 'away.git');
    await rename(remote.path, away);
    expect((await index(fetched)).added).toBe(4);
    expect(await notes()).toEqual([]);
    expect((await state()).compared_until).toBe(0);
    await rename(away, remote.path);
    await turn();
    expect((await notes()).map(([, kind]) => kind)).toEqual(['copy']);
  });

  test('are compared but for those whose contents the remote has no more', async () => {
    await using remote = await makeGitRepository();
    const looks = [0, 1, 2, 3, 4].map((which) => ({
      message: `Mend ${which}`,
      branch: `topic-${which}`,
      files: { a: `mended ${which}\n` },
    }));
    const [, ...shas] = await remote.write([
      base,
      ...looks.map((look) => ({ ...same, ...look, parents: ['base'] })),
      { as: 'next', message: 'Next', parents: ['base'], files: { b: '2\n' } },
      ...looks.map((look) => ({ ...again, ...look, parents: ['next'], branch: `${look.branch}-again` })),
    ]);
    const originals = shas.slice(0, looks.length);
    const gone = await remote.git('rev-parse', `${originals[2]}:a`);
    const { turn, notes, state } = await indexedRepository(server, remote);
    await rm(join(remote.path, 'objects', gone.slice(0, 2), gone.slice(2)));
    await turn();
    expect((await notes()).map(([, , sha]) => sha).toSorted()).toEqual(originals.toSpliced(2, 1).toSorted());
    expect((await state()).compared_until).toBe(12);
  });
});
