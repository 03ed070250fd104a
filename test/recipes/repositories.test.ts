import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { RepositoryAnswer } from '../../src/contract/repositories.ts';
import { databases } from '../support/databases.ts';
import { report } from '../support/factories.ts';
import { startTestServer } from '../support/server.ts';
import { fencesOf } from './read-recipe.ts';

const run = promisify(execFile);
const [connect = '', look = '', bySsh = '', inFolder = '', withForge = ''] = fencesOf('repositories');

describe.each(databases)('the recipe for repositories on $name', ({ name }) => {
  test('connects one by https and by ssh, for a folder, and with a platform', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'shiplog-recipe-'));
    // Nothing leaves this machine.
    await using server = await startTestServer({ database: name, outgoing: { resolve: async () => [] } });
    await server.client.record(report({ namespace: 'shop', service: 'checkout' }));
    const variables = { SHIPLOG_URL: server.url, SHIPLOG_TOKEN: server.adminToken };
    const sh = async (script: string): Promise<RepositoryAnswer> => {
      const env = { PATH: process.env['PATH'], ...variables };
      return JSON.parse((await run('sh', ['-e', '-c', script], { cwd: folder, env })).stdout);
    };
    const byHttps = { url: 'https://git.example.com/shop/checkout.git', username: 'shiplog', has_secret: true };
    expect((await sh(connect)).repository).toMatchObject(byHttps);
    await server.context.repositoryWork.fetcher.runOnce();
    expect((await sh(look)).repository).toMatchObject({ ...byHttps, error: 'The name of the host has no address.' });
    const url = 'git@git.example.com:shop/checkout.git';
    expect((await sh(bySsh)).repository).toMatchObject({ url, has_secret: true });
    const folderOf = await server.client.setRepository('shop/checkout', JSON.parse(inFolder));
    expect(folderOf.repository).toMatchObject({ path: 'services/checkout' });
    const told = await server.client.setRepository('shop/checkout', JSON.parse(withForge));
    expect(told.repository?.forge).toMatchObject({
      url: 'https://api.github.com',
      project: 'shop/checkout',
      has_token: true,
    });
    await rm(folder, { recursive: true });
  });
});
