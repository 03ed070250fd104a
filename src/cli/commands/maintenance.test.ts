import { access, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../../../test/support/databases.ts';
import { report } from '../../../test/support/factories.ts';
import { runShiplog } from '../../../test/support/run-shiplog.ts';
import { startTestServer } from '../../../test/support/server.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shiplog-maintenance-'));
  return () => rm(folder, { recursive: true, force: true });
});

/** The folder goes away with the test. */
const nothing = () => Promise.resolve();

describe('looking after a database from the command line', () => {
  it('backs up while the server runs, and restores into an empty folder', async () => {
    await using server = await startTestServer();
    await server.client.recordBatch(Array.from({ length: 25 }, () => report({ service: 'kept' })));
    const archive = join(folder, 'shiplog.gz');
    const written = await runShiplog(['backup', archive, '--data-dir', server.config.dataDir]);
    expect(written).toMatchObject({ code: 0, stdout: `Wrote and verified ${archive}: 25 events.\n` });
    expect((await runShiplog(['backup', archive, '--data-dir', server.config.dataDir])).code).toBe(1);

    const dataDir = join(folder, 'restored');
    const read = await runShiplog(['restore', archive, '--data-dir', dataDir, '--json']);
    expect(read.stderr).toBe('');
    expect(JSON.parse(read.stdout)).toMatchObject({ events: 25 });
    await using restored = await startTestServer({
      database: { name: 'sqlite', dataDir, databaseUrl: undefined, drop: nothing, [Symbol.asyncDispose]: nothing },
    });
    expect((await restored.client.deployments({ service: 'kept' })).items).toHaveLength(25);
  });

  it.each(databases)('rebuilds what is derived from the log, on $name', async ({ name }) => {
    await using server = await startTestServer({ database: name });
    await server.client.recordBatch(Array.from({ length: 5 }, () => report()));
    const { dataDir, databaseUrl } = server.config;
    const flags = databaseUrl === undefined ? ['--data-dir', dataDir] : ['--database-url', databaseUrl];
    const before = await server.client.matrix();
    expect((await runShiplog(['rebuild', ...flags])).stdout).toBe('Rebuilt 5 deployments and 1 slot from 5 events.\n');
    expect(JSON.parse((await runShiplog(['rebuild', '--json', ...flags])).stdout)).toEqual({
      events: 5,
      deployments: 5,
      slots: 1,
    });
    expect((await server.client.matrix()).rows).toEqual(before.rows);
  });

  it('says which setting is wrong where the database cannot be reached, and no password', async () => {
    const archive = join(folder, 'shiplog.gz');
    await using server = await startTestServer();
    await runShiplog(['backup', archive, '--data-dir', server.config.dataDir]);
    for (const args of [['backup', join(folder, 'x.gz')], ['restore', archive], ['rebuild']]) {
      const { code, stderr } = await runShiplog([
        ...args,
        '--database-url',
        'postgres://me:hunter2@127.0.0.1:1/shiplog',
      ]);
      expect([args[0], code, stderr]).toEqual([args[0], 2, 'Error: --database-url: nothing listens on 127.0.0.1:1\n']);
    }
  });

  it('makes no database where it was asked to save one', async () => {
    const dataDir = join(folder, 'nothing');
    for (const args of [['backup', join(folder, 'x.gz')], ['rebuild']]) {
      const { code, stderr } = await runShiplog([...args, '--data-dir', dataDir]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^Error: There is no database in /);
    }
    await expect(access(dataDir)).rejects.toThrow('ENOENT');
    await mkdir(dataDir);
    for (const args of [
      ['backup', join(folder, 'x.gz')],
      ['rebuild'],
      ['token', 'list'],
      ['token', 'create', '--name', 'x'],
      ['user', 'create', 'maya'],
    ]) {
      const { code, stdout, stderr } = await runShiplog([...args, '--data-dir', dataDir]);
      expect([args, code, stdout]).toEqual([args, 2, '']);
      expect(stderr).toMatch(
        /^Error: There is no database in \S+nothing: start the server first, or name .*--data-dir.*\n$/,
      );
    }
    expect(await readdir(dataDir)).toEqual([]);
    expect((await runShiplog(['restore', join(folder, 'missing.gz'), '--data-dir', dataDir])).code).toBe(2);
  });
});

describe('shiplog version', () => {
  it.each([['version'], ['--version'], ['-V']])('is printed by %s', async (arg) => {
    expect((await runShiplog([arg])).stdout).toMatch(/^shiplog \d+\.\d+\.\d+\n$/);
  });

  it('is answered in JSON', async () => {
    expect(JSON.parse((await runShiplog(['version', '--json'])).stdout)).toEqual({
      version: expect.any(String),
      node: process.versions.node,
    });
  });
});
