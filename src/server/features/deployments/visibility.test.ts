import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { join, type Person, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { StreamReader } from '../../../../test/support/stream-reader.ts';

const secret = { service: 'merger', namespace: 'board', environment: 'production' };
const open = { service: 'website', namespace: 'sales', environment: 'production' };

describe.each(databases)('a private project on $name', ({ name }) => {
  let server: TestServer;
  let outsider: Person;
  let member: Person;
  beforeAll(async () => {
    server = await startTestServer({ database: name, publicRead: true });
    await privateProject(server, 'board/merger');
    outsider = await person(server, 'outsider');
    member = await person(server, 'member');
    await join(server, 'group', 'board', member, 'developer');
    await server.client.record(report(secret));
    await server.client.record(report(open));
  });
  afterAll(() => server.stop());

  const seenBy = async (token: string | undefined) => {
    const client = server.clientOf(token);
    const matrix = await client.matrix();
    const list = await client.deployments();
    const named = await client.deployments({ namespace: 'board' });
    const { body } = await ask<{ items: string[] }>(server, 'GET /api/services', { token: token ?? null });
    return {
      matrix: matrix.rows.map(({ service }) => service).sort(),
      list: list.items.map(({ service }) => service).sort(),
      named: named.items.map(({ service }) => service),
      services: body.items,
    };
  };

  test('gives a matrix that names what its caller may see, so that no other is merged with it', async () => {
    const seen = async (token: string | undefined) => (await server.clientOf(token).matrix()).seen_by;
    expect(await seen(member.token)).toBe(await seen(server.adminToken));
    expect(await seen(outsider.token)).not.toBe(await seen(member.token));
    expect(await seen(undefined)).not.toBe(await seen(member.token));
  });

  test('is seen by its members and administrators, and by nobody else', async () => {
    const all = {
      matrix: ['merger', 'website'],
      list: ['merger', 'website'],
      named: ['merger'],
      services: ['merger', 'website'],
    };
    const rest = { matrix: ['website'], list: ['website'], named: [], services: ['website'] };
    expect(await seenBy(member.token)).toEqual(all);
    expect(await seenBy(server.adminToken)).toEqual(all);
    expect(await seenBy(outsider.token)).toEqual(rest);
    expect(await seenBy(undefined)).toEqual(rest);
  });

  test('has events that outsiders cannot look up, hear of or add to', async () => {
    const [event] = (await server.client.deployments({ service: 'merger' })).items;
    const path = `GET /api/deployments/${event?.id}` as const;
    expect((await ask(server, path, { token: outsider.token })).status).toBe(404);
    expect((await ask(server, path, { token: member.token })).status).toBe(200);
    const denied = await ask(server, 'POST /api/deployments', { token: outsider.token, body: report(secret) });
    expect([denied.status, denied.body.code]).toEqual([403, 'forbidden']);

    await using stream = new StreamReader(server.clientOf(outsider.token));
    await using own = new StreamReader(server.clientOf(member.token));
    await server.client.record(report({ ...secret, version: 'heard' }));
    const { position } = await server.client.record(report({ ...open, version: 'last' }));
    await Promise.all([stream.reaches(position), own.reaches(position)]);
    const heard = ({ events }: StreamReader) => new Set(events.map(({ service }) => service));
    expect(heard(stream)).toEqual(new Set(['website']));
    expect(heard(own)).toEqual(new Set(['website', 'merger']));
  });

  test('is what a report makes in a private group, which only its members may do', async () => {
    const fresh = report({ ...secret, namespace: 'board/plans', service: 'layoffs' });
    const denied = await ask(server, 'POST /api/deployments', { token: outsider.token, body: fresh });
    expect(denied.status).toBe(403);
    await server.clientOf(member.token).record(fresh);
    expect((await seenBy(outsider.token)).matrix).toEqual(['website']);
    expect((await seenBy(member.token)).matrix).toContain('layoffs');
    await ask(server, 'DELETE /api/v4/projects/board%2Fplans%2Flayoffs');
  });

  test('is private again for those who leave it, and open to those it is opened to', async () => {
    const project = 'board%2Fmerger';
    await ask(server, 'PUT /api/v4/groups/board', { body: { visibility: 'internal' } });
    const opened = await ask(server, `PUT /api/v4/projects/${project}`, { body: { visibility: 'internal' } });
    expect(opened.status).toBe(200);
    expect((await seenBy(outsider.token)).matrix).toEqual(['merger', 'website']);
    await ask(server, `PUT /api/v4/projects/${project}`, { body: { visibility: 'private' } });
    expect((await seenBy(outsider.token)).matrix).toEqual(['website']);
    await ask(server, `DELETE /api/v4/groups/board/members/${member.id}`);
    expect((await seenBy(member.token)).matrix).toEqual(['website']);
  });

  test('that is deleted is gone for everybody, and its name is free again', async () => {
    const before = await server.client.matrix();
    expect((await ask(server, 'DELETE /api/v4/projects/board%2Fmerger')).status).toBe(202);
    const after = await server.client.matrix();
    expect(after.rows.map(({ service }) => service)).toEqual(['website']);
    expect(after.log).not.toBe(before.log);
    expect((await server.client.deployments({ service: 'merger' })).items).toEqual([]);
    await server.client.record(report({ ...secret, version: 'anew' }));
    expect((await server.client.matrix({ service: 'merger' })).rows[0]?.slots['production']?.current.version).toBe(
      'anew',
    );
  });
});
