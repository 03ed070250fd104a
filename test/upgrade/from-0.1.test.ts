import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { rebuildProjections, restore } from '../../src/server/maintenance.ts';
import { ask } from '../support/ask.ts';
import { databases } from '../support/databases.ts';
import { report } from '../support/factories.ts';
import { startTestServer } from '../support/server.ts';
import { signIn } from '../support/sign-in.ts';

/** Four events of two projects, a user and two tokens, backed up by 0.1 before groups and members were known. */
const archive = fileURLToPath(new URL('../fixtures/archive-0.1.gz', import.meta.url));
const projectToken = 'slg_e4eS0mIg99kk6JIlswp95BtXtXH2TOf01uP3rx';
const groupToken = 'slg_4uNwHRI4mlefFmNzOYMSIPgow42RWYe63g27Ra';
const checkout = { namespace: 'acme/shop', service: 'checkout' };

/** The archive as it were, had the events at some positions named parents. */
function withParents(packed: Buffer, parents: Readonly<Record<number, readonly string[]>>): Buffer {
  const lines = gunzipSync(packed).toString().trimEnd().split('\n').slice(0, -1);
  const head = lines.findIndex((line) => line.startsWith('{"table":"events"'));
  const { columns } = JSON.parse(lines[head] ?? '') as { columns: Record<string, string> }; // as archives have them
  const column = Object.keys(columns).indexOf('parents');
  for (const [position, keys] of Object.entries(parents)) {
    const row = JSON.parse(lines[head + Number(position)] ?? '') as unknown[]; // a row is an array
    row[column] = JSON.stringify(keys);
    lines[head + Number(position)] = JSON.stringify(row);
  }
  const told = `${lines.join('\n')}\n`;
  const rows = lines.filter((line) => line.startsWith('[')).length;
  const sha256 = createHash('sha256').update(told).digest('hex');
  return gzipSync(`${told}${JSON.stringify({ rows, sha256 })}\n`);
}

describe.each(databases)('a backup of 0.1 on $name', ({ create }) => {
  test('shows what it showed, and its namespaces are groups', async () => {
    await using database = await create();
    await restore(database, archive);
    await using server = await startTestServer({ database });
    const { rows } = await server.client.matrix();
    const slots = rows.map(({ service, slots: shown }) => [service, Object.values(shown)[0]?.current.status]);
    expect(slots.sort()).toEqual([
      ['checkout', 'failure'],
      ['website', 'waiting'],
    ]);
    const groups = await ask<{ full_path: string; visibility: string }[]>(server, 'GET /api/v4/groups');
    expect(groups.body.map((group) => group.full_path).sort()).toEqual(['acme', 'acme/shop']);
    const path = 'GET /api/v4/projects/acme%2Fshop%2Fcheckout/deployments' as const;
    const list = await ask<{ iid: number; status: string }[]>(server, path);
    expect(list.body.map(({ iid, status }) => [iid, status])).toEqual([
      [1, 'success'],
      [2, 'failed'],
    ]);
    await server.client.record(report({ ...checkout, deployment_id: 'r3', environment: 'production' }));
    expect((await ask<{ iid: number }[]>(server, path)).body.map(({ iid }) => iid)).toEqual([1, 2, 3]);
  });

  test('knows what its events named as parents, as if they were told now', async () => {
    await using database = await create();
    const named = join(database.dataDir, 'with-parents.gz');
    await writeFile(named, withParents(await readFile(archive), { 2: ['r1', 'lost'], 3: ['r1'], 4: ['r1'] }));
    await restore(database, named);
    const promotions = async () => {
      await using server = await startTestServer({ database });
      const rows = await server.context.database.read.selectFrom('promotions').selectAll().execute();
      return rows.map((row) => [row.parent_key, row.project_id, row.deployment_id].join(' ')).sort();
    };
    const upgraded = await promotions();
    expect(upgraded).toEqual(['lost 1 2', 'r1 1 2', 'r1 2 3']);
    await rebuildProjections(database);
    expect(await promotions()).toEqual(upgraded);
  });

  test('keeps its user and its tokens, which may do what they could', async () => {
    await using database = await create();
    await restore(database, archive);
    await using server = await startTestServer({ database });
    await expect(signIn(server, { username: 'ada', password: 'correct horse battery' })).resolves.toBeDefined();
    const pipeline = server.clientOf(projectToken);
    await expect(pipeline.record(report(checkout))).resolves.toMatchObject(checkout);
    await expect(pipeline.record(report({ service: 'website' }))).rejects.toThrow(/may not report/);
    await expect(pipeline.deployments()).rejects.toMatchObject({ status: 403 });
    const { items } = await server.clientOf(groupToken).deployments();
    expect(new Set(items.map(({ service }) => service))).toEqual(new Set(['checkout']));
  });
});
