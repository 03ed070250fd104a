import { createHash } from 'node:crypto';
import { copyFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ask } from '../../../test/support/ask.ts';
import { databases, type TestDatabase } from '../../../test/support/databases.ts';
import { everyEvent } from '../../../test/support/every-event.ts';
import { report } from '../../../test/support/factories.ts';
import { startTestServer, type TestServer } from '../../../test/support/server.ts';
import { signIn } from '../../../test/support/sign-in.ts';
import { second } from '../../../test/support/slots.ts';
import { backup, restore } from '../maintenance.ts';

const adminToken = 'the-admin-token';
const archiveIn = (database: TestDatabase, name = 'backup.shiplog') => join(database.dataDir, name);

/** A server's worth of everything that is kept. */
async function fill(server: TestServer): Promise<{ token: string; project: string }> {
  const statuses = ['queued', 'in-progress', 'success', 'failure', 'cancelled'];
  await server.client.recordBatch(
    Array.from({ length: 120 }, (_, index) =>
      report({
        service: `s${index % 7}`,
        ...(index % 3 === 0 ? { namespace: 'acmé\u2028\n"' } : {}),
        environment: ['dev', 'prod'][index % 2] ?? '',
        deployment_id: `run-${index % 40}`,
        status: statuses[index % 5] ?? '',
        happened_at: second(index % 25),
        run_number: index,
        parent_deployments: ['a', `b"${index}`],
      }),
    ),
    { idempotencyKey: 'the batch', progressReporter: 'test/fill' },
  );
  await ask(server, 'PUT /api/fetcher/state/poller', { body: { cursor: 'left off here' } });
  const token = await server.client.createToken({ name: 'all', scopes: ['api'] });
  await ask(server, 'PUT /api/v4/projects/s2', { body: { path: 'renamed' } });
  const project = await server.client.createToken({ name: 'one', scopes: ['read_api'], project: 's1' });
  return { token: token.token ?? '', project: project.token ?? '' };
}

/** An archive of these lines, with a right sum. */
function sealed(lines: readonly string[]): Buffer {
  const body = lines.map((line) => `${line}\n`).join('');
  const rows = lines.filter((line) => line.startsWith('[')).length;
  const sha256 = createHash('sha256').update(body).digest('hex');
  return gzipSync(`${body}${JSON.stringify({ rows, sha256 })}\n`);
}

const shownBy = async (server: TestServer) => ({
  // A restored log is another one: what a page remembers of the old does not go with it.
  matrix: { ...(await server.client.matrix()), generated_at: '', log: 0 },
  events: await everyEvent(server.client),
  tokens: (await server.client.tokens()).items.map(({ last_used_at: _, ...token }) => token),
  poller: (await ask<object>(server, 'GET /api/fetcher/state/poller')).body,
});

describe.each(databases)('a backup of $name', ({ create }) => {
  test.each(databases.map((target) => ({ target: target.name, make: target.create })))(
    'restored into $target shows the same and goes on from there',
    async ({ make }) => {
      await using source = await create();
      await using target = await make();
      await using before = await startTestServer({ database: source, adminToken });
      const { token, project } = await fill(before);
      await before.client.createUser({ username: 'ada', password: 'a long password' });
      const shown = await shownBy(before);
      const { log } = await before.client.matrix();
      const written = await backup(source, archiveIn(source));
      expect((await stat(archiveIn(source))).mode & 0o777).toBe(0o600);

      expect(await restore(target, archiveIn(source))).toMatchObject({ rows: written.rows, events: 120 });
      await using after = await startTestServer({ database: target, adminToken, trustProxy: true });
      expect(await shownBy(after)).toEqual(shown);
      expect((await ask(after, 'GET /api/v4/projects/s2')).status).toBe(301);
      expect((await after.client.matrix()).log).not.toBe(log);
      expect((await signIn(after, { username: 'ada', password: 'a long password' })).status).toBe(200);
      expect((await after.clientOf(project).matrix()).rows).toHaveLength(1);

      const next = await after.clientOf(token).record(report({ service: 'new', deployment_id: 'new' }));
      expect(next.position).toBe(121);
      expect((await after.client.createToken({ name: 'next', scopes: ['api'] })).id).toBe(3);
      expect((await after.client.matrix({ service: 'new' })).rows).toHaveLength(1);
    },
  );

  test('does not hold up a server that goes on recording', async () => {
    await using source = await create();
    await using server = await startTestServer({ database: source, adminToken });
    for (let round = 0; round < 4; round += 1) {
      await server.client.recordBatch(
        Array.from({ length: 1000 }, (_, index) =>
          report({ deployment_id: `run-${index}`, happened_at: second(round) }),
        ),
      );
    }
    let meanwhile: Promise<unknown> | undefined;
    await backup(source, archiveIn(source), () => {
      meanwhile ??= server.client.record(report({ service: 'meanwhile' })).catch((error: unknown) => error);
    });
    expect(await meanwhile).toMatchObject({ position: 4001 });
  });

  test('is refused where the file exists, and leaves nothing half written behind', async () => {
    await using source = await create();
    await writeFile(archiveIn(source), 'precious');
    await expect(backup(source, archiveIn(source))).rejects.toMatchObject({ code: 'conflict' });
    expect(await readFile(archiveIn(source), 'utf8')).toBe('precious');
    await expect(backup(source, join(source.dataDir, 'no', 'such', 'folder'))).rejects.toThrow('ENOENT');
  });

  test('is restored into an empty database only, and whole or not at all', async () => {
    await using source = await create();
    await using target = await create();
    await using server = await startTestServer({ database: source, adminToken });
    await fill(server);
    await backup(source, archiveIn(source));
    await expect(restore(source, archiveIn(source))).rejects.toMatchObject({ code: 'target_not_empty' });

    const whole = gunzipSync(await readFile(archiveIn(source))).toString();
    const lines = whole.trimEnd().split('\n');
    const bytes = await readFile(archiveIn(source));
    const damaged: Readonly<Record<string, Buffer | string>> = {
      'cut short': bytes.subarray(0, bytes.length - 100),
      'cut in the middle': bytes.subarray(0, bytes.length >> 1),
      'a bit turned': Buffer.from(bytes.map((byte, index) => (index === bytes.length >> 1 ? byte ^ 4 : byte))),
      'not an archive': 'hello',
      empty: '',
      'of something else': gzipSync('{"archive":"other","format":1,"migrations":1}\n'),
      'without its header': gzipSync(`${lines.slice(1).join('\n')}\n`),
      'without its end': gzipSync(`${lines.slice(0, -1).join('\n')}\n`),
      'with a line too many': gzipSync(`${whole}[1]\n`),
      'with an altered row': gzipSync(whole.replace('run-1', 'run-2')),
      'with a lost row': gzipSync(`${lines.filter((_, index) => index !== 40).join('\n')}\n`),
      'with a line that is null': gzipSync('null\n'),
    };
    for (const [how, content] of Object.entries(damaged)) {
      await writeFile(archiveIn(source, 'damaged'), content);
      const refusal: unknown = await restore(target, archiveIn(source, 'damaged')).catch((error: unknown) => error);
      expect([how, (refusal as { code?: string }).code]).toEqual([how, 'archive_invalid']);
    }
    await expect(restore(target, archiveIn(source, 'absent'))).rejects.toMatchObject({ code: 'archive_invalid' });
    await copyFile(archiveIn(source), archiveIn(source, 'copy'));
    expect((await restore(target, archiveIn(source, 'copy'))).events).toBe(120);
  });

  test('is restored into the columns there are, whatever it names', async () => {
    await using source = await create();
    await using target = await create();
    await using server = await startTestServer({ database: source, adminToken });
    await fill(server);
    await backup(source, archiveIn(source));
    const lines = gunzipSync(await readFile(archiveIn(source)))
      .toString()
      .trimEnd()
      .split('\n')
      .slice(0, -1);
    const altered = (from: string | RegExp, to: string) => lines.map((line) => line.replace(from, to));
    const crafted: Readonly<Record<string, readonly string[]>> = {
      'SQL for a column': altered('"namespace":"text"', '"namespace) values (1); drop table users; --":"text"'),
      'a column too many': altered('"columns":{"id"', '"columns":{"extra":"text","id"'),
      'a column too few': altered('"namespace":"text",', ''),
      'no columns': altered(/"columns":\{[^}]*\}/, '"columns":null'),
      'a table that is not known': altered('"table":"projects"', '"table":"sqlite_master"'),
      'a row too short': altered(/^\[\d+,/, '['),
    };
    for (const [what, content] of Object.entries(crafted)) {
      expect([what, content]).not.toEqual([what, lines]);
      await writeFile(archiveIn(source, 'crafted'), sealed(content));
      const refusal: unknown = await restore(target, archiveIn(source, 'crafted')).catch((error: unknown) => error);
      expect([what, (refusal as { code?: string }).code]).toEqual([what, 'archive_invalid']);
    }
    await writeFile(archiveIn(source, 'as it was'), sealed(lines));
    expect((await restore(target, archiveIn(source, 'as it was'))).events).toBe(120);
  });

  test('of a newer version is refused in words', async () => {
    await using target = await create();
    await using source = await create();
    await backup(source, archiveIn(source));
    const [header = '', ...rest] = gunzipSync(await readFile(archiveIn(source)))
      .toString()
      .trimEnd()
      .split('\n');
    const body = [header.replace(/"migrations":\d+/, '"migrations":999'), ...rest.slice(0, -1)];
    await writeFile(archiveIn(source, 'newer'), sealed(body));
    await expect(restore(target, archiveIn(source, 'newer'))).rejects.toMatchObject({ code: 'schema_newer' });
  });
});
