import { rename } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { databases } from '../support/databases.ts';
import { report } from '../support/factories.ts';
import { type GitRepository, makeGitRepository } from '../support/git-repository.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { existingProject, trackProject } from './tracked-project.ts';

describe.each(databases)('what deployments shipped follows from their order on $name', ({ name }) => {
  let server: TestServer;
  /** How far the server's clock is ahead. */
  let aheadMs = 0;
  beforeAll(async () => {
    server = await startTestServer({ database: name, repositoryPaths: ['/tmp'], clock: () => Date.now() + aheadMs });
  });
  afterAll(() => server.stop());

  test('The first deployment ships nothing, as what it contains was there before', async () => {
    await using remote = await makeGitRepository();
    const [, one, two] = await changes(remote, 2);
    const project = await trackProject(server, remote);
    const first = await project.ship({ sha: one, minute: 1 });
    const second = await project.ship({ sha: two, minute: 2 });
    expect(await project.links('production')).toEqual(['', '!2']);
    expect(await project.state(1)).toBe('live');
    expect(await project.effects(first)).toMatchObject({ kind: 'baseline', ships: [] });
    expect(await project.effects(second)).toMatchObject({ kind: 'shipped', ships: [2] });
  });

  test("The first deployment ships all that it contains where a project asks for GitLab's way", async () => {
    await using remote = await makeGitRepository();
    const [, one, two] = await changes(remote, 2);
    const project = await trackProject(server, remote, { links_first: true });
    const first = await project.ship({ sha: one, minute: 1 });
    await project.ship({ sha: two, minute: 2 });
    expect(await project.links('production')).toEqual(['!1', '!2']);
    expect(await project.effects(first)).toMatchObject({ kind: 'shipped', ships: [1] });
  });

  test('A rollback takes changes out, and rolling forward brings them back without shipping them twice', async () => {
    await using remote = await makeGitRepository();
    const [root, one, two] = await changes(remote, 2);
    const project = await trackProject(server, remote);
    await project.shipAll([
      { sha: root, minute: 1 },
      { sha: one, minute: 2 },
      { sha: two, minute: 3 },
    ]);
    const back = await project.ship({ sha: one, minute: 4 });
    expect([await project.state(1), await project.state(2)]).toEqual(['live', 'left']);
    const forward = await project.ship({ sha: two, minute: 5 });
    expect([await project.state(1), await project.state(2)]).toEqual(['live', 'live']);
    expect(await project.links('production')).toEqual(['', '!1', '!2', '', '']);
    expect(await project.effects(back)).toMatchObject({ ships: [], takesOut: [2], bringsBack: [] });
    expect(await project.effects(forward)).toMatchObject({ ships: [], takesOut: [], bringsBack: [2] });
  });

  test('A change that comes together with its revert is shipped and reverted by that deployment', async () => {
    await using remote = await makeGitRepository();
    const root = await remote.commit('Start');
    const one = await remote.commit('Take cards (#1)');
    await remote.commit(`Revert "Take cards (#1)"\n\nThis reverts commit ${one}.`);
    const tip = await remote.commit('Send receipts (#2)');
    const project = await trackProject(server, remote);
    await project.ship({ sha: root, minute: 1 });
    const both = await project.ship({ sha: tip, minute: 2 });
    expect(await project.links('production')).toEqual(['', '!1 !2']);
    expect(await project.effects(both)).toMatchObject({ ships: [1, 2], reverts: [1], takesOut: [] });
    const { body } = await ask<{ ladder: { environment: string }[] }>(
      server,
      `GET /api/changes/1?project=${project.name}`,
    );
    expect(body.ladder.find(({ environment }) => environment === 'production')).toMatchObject({
      state: 'reverted',
      first: { deployment: both },
      gone: { deployment: both },
    });
  });

  test('A deployment that is told of late takes the changes that it was the first to ship', async () => {
    await using remote = await makeGitRepository();
    const [root, one, two, three] = await changes(remote, 3);
    const project = await trackProject(server, remote);
    await project.shipAll([
      { sha: root, minute: 1 },
      { sha: three, minute: 9 },
    ]);
    expect(await project.links('production')).toEqual(['', '!1 !2 !3']);
    await project.ship({ sha: two, minute: 5 });
    expect(await project.links('production')).toEqual(['', '!1 !2', '!3']);
    // Before the first one: now this is what was there before.
    await project.ship({ sha: one, minute: 0 });
    expect(await project.links('production')).toEqual(['', '', '!2', '!3']);
  });

  test('Only deployments that succeed ship anything, and one that is deleted never did', async () => {
    await using remote = await makeGitRepository();
    const [root, one] = await changes(remote, 1);
    const project = await trackProject(server, remote);
    await project.ship({ sha: root, minute: 1 });
    await project.ship({ sha: one, minute: 2, status: 'failure' });
    expect(await project.state(1)).toBe('never');
    const shipping = await project.ship({ sha: one, minute: 3 });
    await project.ship({ sha: one, minute: 4 });
    expect(await project.links('production')).toEqual(['', '!1', '']);
    expect(await project.effects(shipping)).toMatchObject({ ships: [1] });
    const deletion = await ask(server, `DELETE /api/v4/projects/${project.name}/deployments/${shipping}`);
    expect(deletion.status).toBe(204);
    await project.settle();
    expect(await project.links('production')).toEqual(['', '!1']);
  });

  test('A repository that is connected later explains the deployments before it', async () => {
    await using remote = await makeGitRepository();
    const [root, one, two] = await changes(remote, 2);
    const project = existingProject(server, `late-${name}`);
    await project.shipAll([
      { sha: root, minute: 1 },
      { sha: one, minute: 2 },
      { sha: two, minute: 3 },
    ]);
    const connected = await ask(server, `PUT /api/repository?project=${project.name}`, { body: { url: remote.path } });
    expect(connected.status).toBe(200);
    await project.settle();
    expect(await project.links('production')).toEqual(['', '!1', '!2']);
  });

  test('What a force push took away from the remote is known still', async () => {
    await using remote = await makeGitRepository();
    const [root = '', one, two] = await changes(remote, 2);
    const project = await trackProject(server, remote);
    await remote.branch('main', root);
    await remote.git('reflog', 'expire', '--expire=now', '--all');
    await remote.git('gc', '--quiet', '--prune=now');
    const rewritten = await remote.commit('Written anew (#7)');
    await fetchNow(server, project.name);
    await project.settle();
    await project.shipAll([
      { sha: root, minute: 1 },
      { sha: one, minute: 2 },
      { sha: two, minute: 3 },
      { sha: rewritten, minute: 4 },
    ]);
    expect(await project.links('production')).toEqual(['', '!1', '!2', '!7']);
    expect([await project.state(2), await project.state(7)]).toEqual(['left', 'live']);
  });

  test('A deployment of an unknown commit is recorded, and linked when the commit becomes known', async () => {
    await using remote = await makeGitRepository();
    const [root, one] = await changes(remote, 1);
    const project = await trackProject(server, remote);
    await project.ship({ sha: root, minute: 1 });
    await using elsewhere = await makeGitRepository();
    await elsewhere.git('fetch', '--quiet', remote.path, 'main:main');
    const two = await elsewhere.commit('Change 2 (#2)');
    const unknown = await project.ship({ sha: two, minute: 2 });
    expect(await project.effects(unknown)).toMatchObject({ kind: 'unknown', ships: [] });
    expect(await project.state(1)).toBe('unknown');
    expect(await project.links('production')).toEqual(['', '']);

    await remote.git('fetch', '--quiet', elsewhere.path, '+main:main');
    aheadMs += 60_000;
    await project.settle();
    expect(await project.links('production')).toEqual(['', '!1 !2']);
    expect(one).toBeTypeOf('string');
  });

  test('A deployment that names a tag, a version or a short sha instead of a commit is linked by that', async () => {
    await using remote = await makeGitRepository();
    const [root = '', one = '', two = '', three = ''] = await changes(remote, 4);
    await remote.tag('v1.0.0', root);
    await remote.tag('release-1', one);
    const project = await trackProject(server, remote);
    await project.shipAll([
      { version: '1.0.0', minute: 1 },
      { ref: 'refs/tags/release-1', minute: 2 },
      { sha: two.slice(0, 8).toUpperCase(), minute: 3 },
      { sha: three, version: 'nothing', minute: 4 },
    ]);
    expect(await project.links('production')).toEqual(['', '!1', '!2', '!3']);
  });

  test('Two services in one repository each ship the changes that touch their folder', async () => {
    await using remote = await makeGitRepository();
    const root = await remote.commit('Root', { files: { 'shop/a': '0', 'bank/a': '0' } });
    const shop = await remote.commit('For the shop (#1)', { files: { 'shop/a': '1' } });
    const [, bank = ''] = await remote.write([
      { message: 'For the bank', parents: [shop], as: 'work', files: { 'bank/a': '1' } },
      {
        message: 'Merge pull request #2 from ann/bank',
        parents: [shop, 'work'],
        branch: 'main',
        files: { 'bank/a': '1' },
      },
    ]);
    const both = await remote.commit('For both (#3)', { files: { 'shop/a': '2', 'bank/a': '2' } });
    const shopProject = await trackProject(server, remote, { path: 'shop' });
    const bankProject = await trackProject(server, remote, { path: 'bank/' });
    for (const project of [shopProject, bankProject])
      await project.shipAll([root, bank, both].map((sha, minute) => ({ sha, minute })));
    expect(await shopProject.links('production')).toEqual(['', '!1', '!3']);
    expect(await bankProject.links('production')).toEqual(['', '!2', '!3']);
  });

  test('Where a setting says so, only the environments are linked that GitLab would link', async () => {
    await using remote = await makeGitRepository();
    const [root, one] = await changes(remote, 1);
    const project = await trackProject(server, remote, { tracked: 'gitlab' });
    const environments = ['review/one', 'aws/production', 'qa'];
    for (const environment of environments)
      await project.shipAll([root, one].map((sha, minute) => ({ sha, minute, environment })));
    const links = await Promise.all(environments.map((environment) => project.links(encodeURIComponent(environment))));
    expect(links).toEqual([
      ['', ''],
      ['', '!1'],
      ['', '!1'],
    ]);
  });

  test('Deployments are recorded while the repository cannot be reached, and linked when it can', async () => {
    await using remote = await makeGitRepository();
    const [root, one] = await changes(remote, 1);
    const project = existingProject(server, `unreachable-${name}`);
    await project.ship({ minute: 0, environment: 'staging' });
    const connected = await ask(server, `PUT /api/repository?project=${project.name}`, { body: { url: remote.path } });
    expect(connected.status).toBe(200);
    const away = `${remote.path}.away`;
    await rename(remote.path, away);
    await project.settle();
    await project.ship({ sha: root, minute: 1 });
    const second = await project.ship({ sha: one, minute: 2 });
    expect(await project.effects(second)).toMatchObject({ kind: 'unknown' });
    await rename(away, remote.path);
    await fetchNow(server, project.name);
    await project.settle();
    expect(await project.links('production')).toEqual(['', '!1']);
  });

  test('Links are made within a second by a server that nobody asks to', async () => {
    await using remote = await makeGitRepository();
    const [root, one] = await changes(remote, 1);
    const project = await trackProject(server, remote);
    for (const [minute, sha] of [root, one].entries()) {
      const happened_at = new Date(Date.UTC(2026, 2, 1, 0, minute)).toISOString();
      await server.client.record(report({ service: project.name, ...(sha === undefined ? {} : { sha }), happened_at }));
    }
    await expect.poll(() => project.links('production')).toEqual(['', '!1']);
  });
});

/** A root, and so many squashed changes on top of it; answers their commits, the root first. */
async function changes(remote: GitRepository, count: number): Promise<string[]> {
  const shas = [await remote.commit('Root')];
  for (let number = 1; number <= count; number += 1) shas.push(await remote.commit(`Change ${number} (#${number})`));
  return shas;
}

async function fetchNow(server: TestServer, project: string): Promise<void> {
  const { status } = await ask(server, `POST /api/repository/fetch?project=${project}`);
  expect(status).toBe(202);
}
