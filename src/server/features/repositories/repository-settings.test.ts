import { mkdir, symlink } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { type GitRepository, makeGitRepository } from '../../../../test/support/git-repository.ts';
import { join, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import type { RepositoryRequest } from '../../../contract/repositories.ts';

const project = 'shop/checkout';
const path = '/api/repository?project=shop%2Fcheckout';
const https = { url: 'https://git.example.com/shop/checkout.git' };
const key = '-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n-----END OPENSSH PRIVATE KEY-----';

describe.each(databases)('the repository of a project on $name', ({ name }) => {
  let server: TestServer;
  let remote: GitRepository;
  let maintainer: ShiplogClient;
  let developer: { readonly token: string };
  let reporter: ShiplogClient;
  let stranger: { readonly token: string };
  const log: string[] = [];
  beforeAll(async () => {
    remote = await makeGitRepository();
    await remote.commit('Begin');
    server = await startTestServer({
      database: name,
      log,
      repositoryPaths: [remote.folder],
      webhookAllowedHosts: ['127.0.0.1'],
      // Nothing leaves this machine.
      outgoing: { resolve: async () => [] },
    });
    await privateProject(server, project);
    const people = { mia: 'maintainer', dan: 'developer', ria: 'reporter' } as const;
    const tokens = new Map<string, string>();
    for (const [username, level] of Object.entries(people)) {
      const who = await person(server, username);
      await join(server, 'project', project, who, level);
      tokens.set(username, who.token);
    }
    maintainer = server.clientOf(tokens.get('mia'));
    developer = { token: tokens.get('dan') ?? '' };
    reporter = server.clientOf(tokens.get('ria'));
    stranger = await person(server, 'sam');
  });
  afterAll(async () => {
    await server.stop();
    await remote[Symbol.asyncDispose]();
  });

  const rows = (table: 'repositories' | 'audit_entries' | 'project_repositories' | 'commits') =>
    server.context.database.read.selectFrom(table).selectAll().execute();
  const put = (body: unknown) => ask(server, `PUT ${path}`, { body });

  test.each([
    [
      { username: 'a b' },
      '/username',
      'must be 1 to 255 printable ASCII characters without blanks and colons, or null for none',
    ],
    [{ secret: '' }, '/secret', 'must not be empty'],
    [{ forge: {} }, '/forge', 'must be an object with a kind, github or gitlab, or null for none'],
  ])('that is set with %j is told what is wrong', async (wrong, pointer, message) => {
    const answer = await ask<{ errors: unknown[] }>(server, `PUT ${path}`, { body: { ...https, ...wrong } });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toContainEqual({ pointer, message });
  });

  test('is not there to be removed, also for clients that name the type of a body that they do not send', async () => {
    const headers = { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' };
    expect((await fetch(`${server.url}${path}`, { method: 'DELETE', headers })).status).toBe(404);
  });

  test('is none until a maintainer connects one', async () => {
    expect(await reporter.repository(project)).toEqual({
      project,
      may_change: false,
      git_error: null,
      repository: null,
    });
    expect((await maintainer.repository(project)).may_change).toBe(true);
    await expect(maintainer.fetchRepository(project)).rejects.toMatchObject({ status: 404 });
    await expect(maintainer.removeRepository(project)).rejects.toMatchObject({ status: 404 });
  });

  test('is seen by its readers without what is secret, and its secrets are sealed, in no log and in no answer', async () => {
    const secrets = { secret: 'hunter2-of-the-remote', token: 'hunter2-of-the-forge' };
    const set = await maintainer.setRepository(project, {
      ...https,
      username: 'mia',
      secret: secrets.secret,
      path: '/services/checkout/',
      tracked: 'gitlab',
      links_first: true,
      forge: { kind: 'gitlab', token: secrets.token },
    });
    expect(set.repository).toMatchObject({
      ...https,
      username: 'mia',
      has_secret: true,
      path: 'services/checkout',
      tracked: 'gitlab',
      links_first: true,
      forge: {
        kind: 'gitlab',
        url: 'https://git.example.com/api/v4',
        project: 'shop/checkout',
        has_token: true,
      },
    });
    await server.context.repositoryWork.fetcher.runOnce();
    const { repository } = await reporter.repository(project);
    expect(repository).toMatchObject({
      has_secret: true,
      failures: 1,
      forge: { kind: 'gitlab', project: 'shop/checkout' },
    });
    // Where it is, and what went wrong there, is for those who may change it.
    expect(repository).toMatchObject({ url: null, username: null, error: null, forge: { url: null, error: null } });
    expect((await maintainer.repository(project)).repository).toMatchObject({
      ...https,
      username: 'mia',
      error: 'The name of the host has no address.',
      forge: { url: 'https://git.example.com/api/v4' },
    });
    const stored = JSON.stringify([
      await rows('repositories'),
      await rows('project_repositories'),
      await rows('audit_entries'),
    ]);
    const everything = [JSON.stringify([set, repository]), stored, ...log].join('\n');
    for (const secret of Object.values(secrets)) expect(everything).not.toContain(secret);
    expect(stored).toContain('repository_set');
  });

  test('keeps its secrets while its URL stays, and loses them with it', async () => {
    const kept = await maintainer.setRepository(project, { ...https, forge: { kind: 'gitlab' } });
    expect(kept.repository).toMatchObject({ has_secret: true, username: 'mia', path: '', forge: { has_token: true } });
    const other = await maintainer.setRepository(project, { ...https, forge: { kind: 'gitlab', project: 'shop/pay' } });
    expect(other.repository).toMatchObject({ has_secret: true, forge: { project: 'shop/pay', has_token: false } });
    const cleared = await maintainer.setRepository(project, {
      ...https,
      secret: null,
      forge: { kind: 'gitlab', token: null },
    });
    expect(cleared.repository).toMatchObject({ has_secret: false, username: 'mia', forge: { has_token: false } });
    await maintainer.setRepository(project, { ...https, secret: 'again' });
    const moved = await maintainer.setRepository(project, { url: 'https://git.example.com/shop/other.git' });
    expect(moved.repository).toMatchObject({ has_secret: false, username: null, forge: null });
  });

  test.each([
    ['ssh://git@git.example.com/shop/checkout.git', 'https://git.example.com/api/v3', 'shop/checkout'],
    ['git@github.com:shop/checkout.git', 'https://api.github.com', 'shop/checkout'],
  ])('may be reached by ssh, with a private key: %s', async (url, forgeUrl, forgeProject) => {
    const set = await maintainer.setRepository(project, { url, secret: key, forge: { kind: 'github' } });
    expect(set.repository).toMatchObject({ url, has_secret: true, forge: { url: forgeUrl, project: forgeProject } });
    expect(pointersOf(await put({ url, secret: 'a password' }))).toEqual(['/secret']);
    expect(pointersOf(await put({ url: url.replace('checkout', 'new') }))).toEqual(['/secret']);
  });

  test.each([
    'ext::sh -c touch% /tmp/x',
    'fd::17',
    'file:///etc',
    'git://git.example.com/shop/checkout.git',
    '--upload-pack=touch /tmp/x',
    '-oProxyCommand=touch:x',
    'ssh://-oProxyCommand=touch/x',
    'ssh://git@-oProxyCommand=touch/x',
    'ssh://git:password@git.example.com/x',
    'git@git.example.com:--upload-pack=touch',
    'git@git.example.com:x;touch',
    "git@git.example.com:x'$(touch)'",
    'https://mia:password@git.example.com/x',
    'https://git.example.com/',
    'https://git.example.com/x?y=z',
    'http://git.example.com/x',
    'https://127.0.0.2/x',
    'https://localhost/x',
    'https://[::1]/x',
    'https://169.254.169.254/latest',
    'ssh://git@10.0.0.1/x',
    'git@localhost:x',
    '/etc',
    '/',
    'checkout',
    'https://git.example.com\n/x',
  ])('is not read from %j', async (url) => {
    const refused = await put({ url, secret: key });
    expect(refused.status).toBe(422);
    expect(pointersOf(refused)).toContain('/url');
  });

  test('is read from an allowed folder only, wherever links lead', async () => {
    await mkdir(joinPath(remote.folder, 'inner'));
    await symlink('/etc', joinPath(remote.folder, 'inner/link'));
    for (const url of [joinPath(remote.folder, 'inner/link'), `${remote.folder}/../x`, remote.folder]) {
      expect(pointersOf(await put({ url }))).toEqual(['/url']);
    }
    expect((await put({ url: remote.path })).status).toBe(200);
  });

  test.each<[string, Partial<RepositoryRequest>]>([
    ['/path', { path: '../other' }],
    ['/path', { path: '--help' }],
    ['/forge/url', { forge: { kind: 'github', url: 'http://10.0.0.1/api' } }],
    ['/forge/url', { forge: { kind: 'github', url: 'http://git.example.com/api', token: 'in-the-clear' } }],
    ['/forge/project', { forge: { kind: 'github', project: '../../users' } }],
    ['/secret', { secret: 'two\nlines' }],
    ['/forge/token', { forge: { kind: 'gitlab', token: 'two words' } }],
    ['/username', { username: 'a:b' }],
  ])('refuses a wrong %s', async (pointer, wrong) => {
    expect(pointersOf(await put({ ...https, ...wrong }))).toEqual([pointer]);
  });

  test('is set, removed and fetched by maintainers, and hidden from whoever may not see the project', async () => {
    const body = https;
    for (const [request, answer] of [
      [`PUT ${path}`, 403],
      [`DELETE ${path}`, 403],
      ['POST /api/repository/fetch?project=shop%2Fcheckout', 403],
      [`GET ${path}`, 200],
    ] as const) {
      const asked = request.startsWith('PUT') ? { body } : {};
      expect((await ask(server, request, { ...asked, token: developer.token })).status).toBe(answer);
      expect((await ask(server, request, { ...asked, token: stranger.token })).status).toBe(404);
    }
  });

  test('is shared by those that name it with the same credentials, and removed with the last of them', async () => {
    const { repositoryWork, database } = server.context;
    await privateProject(server, 'shop/search');
    await maintainer.setRepository(project, { url: remote.path });
    await server.client.setRepository('shop/search', { url: remote.path, path: 'search' });
    await repositoryWork.fetcher.runOnce();
    expect((await maintainer.repository(project)).repository).toMatchObject({ commit_count: 1, error: null });
    const ids = database.read.selectFrom('project_repositories').select('repository_id').distinct();
    expect(await ids.execute()).toHaveLength(1);
    await maintainer.removeRepository(project);
    await repositoryWork.job.run(server.context.clock());
    expect(await rows('commits')).toHaveLength(1);
    expect((await server.client.repository('shop/search')).repository).toMatchObject({ commit_count: 1 });
    await server.client.removeRepository('shop/search');
    await repositoryWork.job.run(server.context.clock());
    expect([await rows('commits'), await rows('repositories')]).toEqual([[], []]);
    await repositoryWork.sweeper.runOnce();
    expect((await rows('audit_entries')).filter(({ action }) => action === 'repository_removed')).toHaveLength(2);
  });

  test('keeps what is known of it when its credentials change', async () => {
    const { repositoryWork } = server.context;
    await maintainer.setRepository(project, { url: remote.path });
    await repositoryWork.fetcher.runOnce();
    const [before] = await rows('repositories');
    await maintainer.setRepository(project, { url: remote.path, username: 'mia' });
    await repositoryWork.fetcher.runOnce();
    const [after] = await rows('repositories');
    expect(after).toMatchObject({ id: before?.id, commit_count: 1, error: null });
  });
});
