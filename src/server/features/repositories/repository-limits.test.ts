import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { report } from '../../../../test/support/factories.ts';
import { freePort } from '../../../../test/support/free-port.ts';
import { serveGit } from '../../../../test/support/git-over-http.ts';
import {
  createDatabase,
  gitSpy,
  project,
  scene,
  secret,
  stateOf,
  textsIn,
} from '../../../../test/support/repository-scene.ts';
import { startTestServer } from '../../../../test/support/server.ts';

describe('a repository', () => {
  test('that leads elsewhere is not followed', async () => {
    await using all = await scene();
    await using other = await serveGit(all.remote.folder);
    await all.remote.commit('Begin');
    all.http.instead = (request, response) => response.writeHead(302, { location: `${other.url}${request.url}` }).end();
    expect((await all.connect({ url: all.byHttp })).error).toContain('redirects are not followed');
    expect(other.requests).toEqual([]);
  });

  test('whose name leads to a private address when it is fetched is not asked', async () => {
    await using all = await scene({ webhookAllowedHosts: [] });
    const failed = await all.connect({ url: `https://git.test:${all.http.port}/repository.git` });
    expect(failed.error).toContain('leads to an address that is not public');
    expect(all.http.requests).toEqual([]);
  });

  test('that never answers is given up', async () => {
    await using all = await scene({ repositoryLimitMs: 1000 });
    let closed: Promise<unknown> | undefined;
    all.http.instead = ({ socket }) => {
      closed = once(socket, 'close');
    };
    expect((await all.connect({ url: all.byHttp })).error).toBe('It took longer than 1 seconds.');
    // Who asked has ended, and not only git itself.
    await closed;
  });

  test('that never answers does not keep the server from stopping, and is not to blame for it', async () => {
    await using database = await createDatabase();
    await using all = await scene({ database });
    const asked = new Promise((resolve) => {
      all.http.instead = resolve;
    });
    await all.server.client.setRepository(project, { url: all.byHttp });
    await asked;
    await all.server.stop();
    await using next = await startTestServer({
      database,
      repositoryIntervalMs: 10_000,
      adminToken: all.server.adminToken,
    });
    expect(await stateOf(next)).toMatchObject({ failures: 0, error: null, fetched_at: null });
  });

  test('that is too large is given up', async () => {
    await using all = await scene({ repositoryLimitMib: 1 });
    await all.remote.commit('Begin');
    for (let index = 0; index < 4; index += 1) await all.remote.commit(randomBytes(500_000).toString('hex'));
    const refused = await all.connect({ url: all.remote.path });
    expect(refused.error).toMatch(/is larger than 1 MiB/);
    expect(await readdir(join(all.server.config.dataDir, 'repositories'))).toEqual(['home']);
    expect((await all.fetch()).error).toBe(refused.error);
    const read = await all.server.client.deployments();
    expect(read.items).toHaveLength(1);
  });

  test('that a plain web server gives object by object is measured, too', async () => {
    await using all = await scene({ repositoryLimitMib: 1 });
    await all.remote.commit('Begin');
    for (let index = 0; index < 4; index += 1) await all.remote.commit(randomBytes(500_000).toString('hex'));
    await all.remote.git('update-server-info');
    all.http.instead = ({ url = '' }, response) => {
      const file = join(all.remote.folder, url.replace(/\?.*/, ''));
      readFile(file).then(
        (bytes) => response.end(bytes),
        () => response.writeHead(404).end(),
      );
    };
    expect((await all.connect({ url: all.byHttp })).error).toMatch(/is larger than 1 MiB/);
    expect(await readdir(join(all.server.config.dataDir, 'repositories'))).toEqual(['home']);
  });

  test('has contents that are compared fetched, and not kept', async () => {
    await using all = await scene();
    const same = { message: 'Mend', author: 'Ada Author', authoredAt: '2026-02-01T10:00:00Z' };
    await all.remote.write([
      { as: 'base', message: 'Base', branch: 'main', files: { a: '1\n', b: '1\n' } },
      { ...same, parents: ['base'], branch: 'topic', files: { a: '2\n' } },
      { as: 'next', message: 'Next', parents: ['base'], files: { b: '2\n' } },
      { ...same, committedAt: '2026-02-02T10:00:00Z', parents: ['next'], branch: 'main', files: { a: '2\n' } },
    ]);
    expect(await all.connect({ url: all.byHttp })).toMatchObject({ error: null, commit_count: 4 });
    const notes = all.server.context.database.read.selectFrom('commit_notes').select('kind');
    expect(await notes.execute()).toEqual([{ kind: 'copy' }]);
    const mirror = join(all.server.config.dataDir, 'repositories/1.git');
    const blob = await all.remote.git('rev-parse', 'main:a');
    expect(await all.remote.git('-C', mirror, 'rev-list', '--objects', '--all', '--missing=print')).toContain(
      `?${blob}`,
    );
    expect((await readdir(mirror)).filter((name) => name.startsWith('shiplog-passing'))).toEqual([]);
  });

  test('has its secret in no argument, no file of the mirror, no log and no answer', async () => {
    const spy = await gitSpy('');
    await using all = await scene({ gitProgram: spy.program });
    await all.remote.commit('Begin');
    all.http.credentials = { username: 'mia', password: secret };
    expect(await all.connect({ url: all.byHttp, username: 'mia', secret })).toMatchObject({
      error: null,
      commit_count: 1,
    });
    all.http.credentials = undefined;
    all.http.instead = (_, response) => response.writeHead(500).end(secret);
    await all.fetch();
    const encoded = Buffer.from(`mia:${secret}`).toString('base64');
    const called = await spy.calls();
    expect(called).toContain('fetch');
    const everything = [
      called,
      all.log.join('\n'),
      await textsIn(join(all.server.config.dataDir, 'repositories')),
    ].join('\n');
    expect(everything).not.toContain(secret);
    expect(everything).not.toContain(encoded);
    expect(called).not.toContain(all.byHttp);
    await spy.remove();
  });

  test('behind ssh is asked at the address that was checked, by a key that is there no longer than that', async () => {
    const spy = await gitSpy('ls -l ssh-key 2>/dev/null; echo "$GIT_SSH_COMMAND"');
    await using all = await scene({ gitProgram: spy.program });
    const port = await freePort();
    const privateKey = '-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n-----END OPENSSH PRIVATE KEY-----';
    const failed = await all.connect({ url: `ssh://git@git.test:${port}/repository.git`, secret: privateKey });
    // ssh itself says so: it has understood all that it was told.
    expect(failed.error).toBe('The host cannot be reached.');
    const called = await spy.calls();
    expect(called).toMatch(/^-rw------- .* ssh-key$/m);
    expect(called).toContain('HostName="$SHIPLOG_SSH_ADDRESS"');
    expect(called).not.toContain('git.test');
    expect(called).not.toContain('c2VjcmV0');
    expect(await textsIn(join(all.server.config.dataDir, 'repositories'))).not.toContain('c2VjcmV0');
    await spy.remove();
  });

  test('says so where the server has no git', async () => {
    await using all = await scene({ gitProgram: '/nonexistent/git' });
    expect((await all.connect({ url: all.remote.path })).error).toMatch(/git is not on this server/);
    expect((await all.server.client.repository(project)).git_error).toMatch(/git is not on this server/);
    expect((await all.server.client.record(report({ service: project }))).service).toBe(project);
  });
});
