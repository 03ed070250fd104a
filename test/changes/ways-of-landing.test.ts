import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases } from '../support/databases.ts';
import { type GitRepository, makeGitRepository } from '../support/git-repository.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { trackProject } from './tracked-project.ts';

const alone = (number: number) => ({ [`file-${number}`]: `${number}\n` });

describe.each(databases)('a change is found in what was deployed on $name', ({ name }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database: name, repositoryPaths: ['/tmp'] });
  });
  afterAll(() => server.stop());

  test('by its merge commit, or by what the message of that says', async () => {
    await using remote = await makeGitRepository();
    const root = await remote.commit('Root');
    const told = await merge(remote, 'A change', root, 1);
    const said = await merge(remote, 'Merge pull request #2 from ann/two\n\nA second change', told.merge, 2);
    const project = await trackProject(server, remote);
    await project.merged(1, { merge_commit_sha: told.merge });
    await project.ship({ sha: root, minute: 1 });
    expect(await project.shippedBy(await project.ship({ sha: told.merge, minute: 2 }))).toBe('!1');
    expect(await project.shippedBy(await project.ship({ sha: said.merge, minute: 3 }))).toBe('!2');
  });

  test('by its squashed commit, whether a tool named it or its subject does', async () => {
    await using remote = await makeGitRepository();
    const root = await remote.commit('Root');
    const told = await remote.commit('Squashed');
    const said = await remote.commit('Another change (#2)');
    const project = await trackProject(server, remote);
    await project.merged(1, { squash_commit_sha: told });
    await project.ship({ sha: root, minute: 1 });
    expect(await project.shippedBy(await project.ship({ sha: said, minute: 2 }))).toBe('!1 !2');
  });

  test('by the commit that a tool named, and not by another of its number, as of the forge before', async () => {
    await using remote = await makeGitRepository();
    const root = await remote.commit('Root');
    const older = await remote.commit('A change of the forge before (#1)');
    const said = await remote.commit('Another (#2)');
    const told = await remote.commit('A change of today');
    const project = await trackProject(server, remote);
    await project.merged(1, { merge_commit_sha: told });
    await project.merged(2, { merge_commit_sha: 'f'.repeat(40) });
    await project.ship({ sha: root, minute: 1 });
    expect(await project.shippedBy(await project.ship({ sha: older, minute: 2 }))).toBe('');
    // What a tool named and nobody has seen says nothing.
    expect(await project.shippedBy(await project.ship({ sha: said, minute: 3 }))).toBe('!2');
    expect(await project.shippedBy(await project.ship({ sha: told, minute: 4 }))).toBe('!1');
  });

  test('by its last commit where it was merged by fast-forward', async () => {
    await using remote = await makeGitRepository();
    const root = await remote.commit('Root');
    const half = await remote.commit('First half');
    const whole = await remote.commit('Second half');
    const project = await trackProject(server, remote);
    await project.merged(1, { sha: whole });
    await project.ship({ sha: root, minute: 1 });
    expect(await project.shippedBy(await project.ship({ sha: half, minute: 2 }))).toBe('');
    expect(await project.shippedBy(await project.ship({ sha: whole, minute: 3 }))).toBe('!1');
  });

  test('by copies of its commits where it was rebased, and only once all of them are there', async () => {
    await using remote = await makeGitRepository();
    const root = await remote.commit('Root', { files: { base: 'x\n' } });
    const [, head = ''] = await remote.write([
      { message: 'One', parents: [root], as: 'one', files: alone(1), authoredAt: '2026-01-10T10:00:00Z' },
      { message: 'Two', parents: ['one'], branch: 'feature', files: alone(2), authoredAt: '2026-01-10T11:00:00Z' },
    ]);
    const main = await remote.commit('Meanwhile', { files: { base: 'y\n' } });
    const half = await remote.commit('One', {
      files: alone(1),
      authoredAt: '2026-01-10T10:00:00Z',
      committedAt: '2026-01-12T10:00:00Z',
    });
    const whole = await remote.commit('Two', {
      files: alone(2),
      authoredAt: '2026-01-10T11:00:00Z',
      committedAt: '2026-01-12T10:00:00Z',
    });
    const project = await trackProject(server, remote);
    await project.merged(1, { sha: head });
    await project.ship({ sha: main, minute: 1 });
    expect(await project.shippedBy(await project.ship({ sha: half, minute: 2 }))).toBe('');
    expect(await project.shippedBy(await project.ship({ sha: whole, minute: 3 }))).toBe('!1');
  });

  test('by a cherry-pick that names it, and a cherry-pick of that', async () => {
    await using remote = await makeGitRepository();
    const root = await remote.commit('Root');
    const { merge: merged } = await merge(remote, 'A change', root, 1);
    const from = (sha: string) => `Pick\n\n(cherry picked from commit ${sha})`;
    const stable = await remote.commit(from(merged), { branch: 'stable', parents: [root] });
    const older = await remote.commit(from(stable), { branch: 'older', parents: [root] });
    const project = await trackProject(server, remote);
    await project.merged(1, { merge_commit_sha: merged });
    for (const environment of ['stable', 'older']) await project.ship({ sha: root, minute: 1, environment });
    expect(await project.shippedBy(await project.ship({ sha: stable, minute: 2, environment: 'stable' }))).toBe('!1');
    expect(await project.shippedBy(await project.ship({ sha: older, minute: 2, environment: 'older' }))).toBe('!1');
    expect(await project.state(1, 'older')).toBe('live');
  });

  test('by a cherry-pick that names nothing, since it changes the same', async () => {
    await using remote = await makeGitRepository();
    const root = await remote.commit('Root', { files: { base: 'x\n' } });
    const written = { files: alone(1), authoredAt: '2026-01-10T10:00:00Z' };
    const squashed = await remote.commit('A change', written);
    const other = await remote.commit('Only for the old release', { branch: 'stable', parents: [root] });
    const picked = await remote.commit('A change', {
      ...written,
      branch: 'stable',
      committedAt: '2026-02-01T10:00:00Z',
    });
    const project = await trackProject(server, remote);
    await project.merged(1, { squash_commit_sha: squashed });
    await project.ship({ sha: other, minute: 1 });
    expect(await project.shippedBy(await project.ship({ sha: picked, minute: 2 }))).toBe('!1');
  });

  test('where each of its commits was picked on its own, with the last of them', async () => {
    await using remote = await makeGitRepository();
    const root = await remote.commit('Root');
    const [one = '', two = '', merged = ''] = await remote.write([
      { message: 'One', parents: [root], as: 'one' },
      { message: 'Two', parents: ['one'], as: 'two' },
      { message: 'A change', parents: [root, 'two'], branch: 'main' },
    ]);
    const pick = (sha: string) =>
      remote.commit(`Pick\n\n(cherry picked from commit ${sha})`, {
        branch: 'stable',
        ...(sha === two ? { parents: [root] } : {}),
      });
    const half = await pick(two);
    const whole = await pick(one);
    const project = await trackProject(server, remote);
    await project.merged(1, { merge_commit_sha: merged });
    await project.ship({ sha: root, minute: 1 });
    expect(await project.shippedBy(await project.ship({ sha: half, minute: 2 }))).toBe('');
    expect(await project.shippedBy(await project.ship({ sha: whole, minute: 3 }))).toBe('!1');
  });

  test('and not any more where it was reverted, until the revert is reverted', async () => {
    await using remote = await makeGitRepository();
    const root = await remote.commit('Root');
    const { merge: merged } = await merge(remote, 'Merge pull request #1 from ann/one', root, 1);
    const revert = await remote.commit(
      `Revert "A change"\n\nThis reverts commit ${merged}, reversing\nchanges made to ${root}.`,
    );
    const again = await remote.commit(`Revert "Revert "A change""\n\nThis reverts commit ${revert}.`);
    const project = await trackProject(server, remote);
    await project.ship({ sha: root, minute: 1 });
    const first = await project.ship({ sha: merged, minute: 2 });
    const reverting = await project.ship({ sha: revert, minute: 3 });
    expect(await project.state(1)).toBe('reverted');
    const restoring = await project.ship({ sha: again, minute: 4 });
    expect(await project.state(1)).toBe('live');
    expect(await project.links('production')).toEqual(['', '!1', '', '']);
    expect(await project.effects(first)).toMatchObject({ kind: 'shipped', ships: [1], reverts: [] });
    expect(await project.effects(reverting)).toMatchObject({ ships: [], takesOut: [], reverts: [1] });
    expect(await project.effects(restoring)).toMatchObject({ ships: [], bringsBack: [1], reverts: [] });
  });

  test('and not any more where a squashed revert names its number', async () => {
    await using remote = await makeGitRepository();
    const root = await remote.commit('Root');
    const landed = await remote.commit('A change (#1)');
    const revert = await remote.commit('Revert "A change (#1)" (#2)\n\nReverts shop/checkout#1');
    const again = await remote.commit('Revert "Revert "A change (#1)" (#2)" (#3)\n\nReverts shop/checkout#2');
    const project = await trackProject(server, remote);
    for (const [minute, sha] of [root, landed, revert].entries()) await project.ship({ sha, minute });
    expect([await project.state(1), await project.state(2)]).toEqual(['reverted', 'live']);
    await project.ship({ sha: again, minute: 9 });
    expect([await project.state(1), await project.state(2)]).toEqual(['live', 'reverted']);
  });

  test('as long as not all of its commits were reverted one by one', async () => {
    await using remote = await makeGitRepository();
    const root = await remote.commit('Root');
    const [one = '', two = '', merged = ''] = await remote.write([
      { message: 'One', parents: [root], as: 'one' },
      { message: 'Two', parents: ['one'], as: 'two' },
      { message: 'Merge pull request #1 from ann/one', parents: [root, 'two'], branch: 'main' },
    ]);
    const part = await remote.commit(`Revert "Two"\n\nThis reverts commit ${two}.`);
    const all = await remote.commit(`Revert "One"\n\nThis reverts commit ${one}.`);
    const project = await trackProject(server, remote);
    await project.ship({ sha: merged, minute: 1 });
    await project.ship({ sha: part, minute: 2 });
    expect(await project.state(1)).toBe('live');
    await project.ship({ sha: all, minute: 3 });
    expect(await project.state(1)).toBe('reverted');
  });
});

/** A branch with one commit, merged on top of `onto`. */
async function merge(remote: GitRepository, message: string, onto: string, number: number) {
  const [inner = '', merged = ''] = await remote.write([
    { message: `Work on ${number}`, parents: [onto], as: 'work', files: alone(number) },
    { message, parents: [onto, 'work'], branch: 'main', files: alone(number) },
  ]);
  return { inner, merge: merged };
}
