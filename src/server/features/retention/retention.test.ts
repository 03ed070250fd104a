import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { deliveryScene, eventsOf } from '../../../../test/support/delivery-scene.ts';
import { report } from '../../../../test/support/factories.ts';
import { fromGitHub, githubDeployment, secret } from '../../../../test/support/incoming.ts';
import { person } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { signIn } from '../../../../test/support/sign-in.ts';
import type { Retention, RetentionList } from '../../../contract/retention.ts';
import { backup, restore } from '../../maintenance.ts';

const dayMs = 86_400_000;
const project = 'shop/checkout';

describe.each(databases)('how long things are kept on $name', ({ name, create }) => {
  const read = async (server: TestServer) => {
    const { items } = (await ask<RetentionList>(server, 'GET /api/retention')).body;
    return new Map<string, Retention>(items.map((item) => [item.kind, item]));
  };
  const change = (server: TestServer, body: object) => ask(server, 'PATCH /api/retention', { body });
  const forget = (server: TestServer, job: string) => {
    const found = server.context.jobs.jobs.find((one) => one.name === job);
    return found?.run(server.context.clock());
  };

  test('is told for all of it, with how much there is: what was recorded stays for ever', async () => {
    const now = Date.now();
    await using server = await startTestServer({ database: name, clock: () => now });
    await server.client.recordBatch([report({ environment: 'a' }), report({ environment: 'b' })], {
      idempotencyKey: 'once',
    });
    const items = await read(server);
    expect([...items].map(([kind, { days, rows }]) => [kind, days, rows])).toEqual([
      ['events', null, 2],
      ['audit_entries', null, 0],
      ['webhook_deliveries', 30, 0],
      ['incoming_recorded', 30, 0],
      ['incoming_other', 90, 0],
      ['idempotency_keys', 7, 1],
      ['sessions', 14, 0],
    ]);
    expect([...items].flatMap(([kind, { most_of_project: most }]) => (most === null ? [] : [[kind, most]]))).toEqual([
      ['incoming_recorded', 1000],
      ['incoming_other', 1000],
    ]);
    expect(items.get('events')).toMatchObject({ change: null, oldest_at: new Date(now).toISOString() });
    expect(items.get('webhook_deliveries')).toMatchObject({
      oldest_at: null,
      change: { default_days: 30, least_days: 7, most_days: 3650, changed_at: null, changed_by: null },
    });
  });

  test('is for administrators to read and to change', async () => {
    await using server = await startTestServer({ database: name });
    const { token } = await person(server, 'dev');
    expect((await ask(server, 'GET /api/retention', { token })).status).toBe(403);
    expect((await ask(server, 'PATCH /api/retention', { token, body: { incoming_other: 1 } })).status).toBe(403);
    expect((await ask(server, 'GET /api/retention', { token: null })).status).toBe(401);
    expect((await read(server)).get('incoming_other')?.days).toBe(90);
  });

  test('changes for what is named, and says who did it and when', async () => {
    const now = Date.now();
    await using server = await startTestServer({ database: name, clock: () => now });
    await server.client.createUser({ username: 'ada', name: 'Ada', password: 'correct horse', admin: true });
    const { page } = await signIn(server, { username: 'ada', password: 'correct horse' });
    const { rows: entries = 0 } = (await read(server)).get('audit_entries') ?? {};
    const body = { webhook_deliveries: 90, incoming_other: 90 };
    expect((await ask(server, 'PATCH /api/retention', { ...page, body })).status).toBe(200);
    const items = await read(server);
    expect(items.get('webhook_deliveries')).toMatchObject({
      days: 90,
      change: { changed_at: new Date(now).toISOString(), changed_by: 'Ada' },
    });
    expect(items.get('incoming_other')).toMatchObject({ days: 90, change: { changed_at: null } });
    expect(items.get('audit_entries')?.rows).toBe(entries + 1);
  });

  test.each([
    [{ webhook_deliveries: 6 }, ['/webhook_deliveries']],
    [{ incoming_recorded: 0, incoming_other: 3651 }, ['/incoming_other', '/incoming_recorded']],
    [{ incoming_recorded: 1.5 }, ['/incoming_recorded']],
    [{ events: 30 }, ['/events']],
    [{}, ['']],
  ])('does not change to %j, and the refusal names what is wrong', async (body, pointers) => {
    await using server = await startTestServer({ database: name });
    const answer = await change(server, body);
    expect([answer.status, pointersOf(answer)]).toEqual([422, pointers]);
    expect((await read(server)).get('webhook_deliveries')?.days).toBe(30);
  });

  test('holds for deliveries to webhooks from the next run on', async () => {
    await using stage = await deliveryScene({ database: name });
    await stage.deployed();
    await stage.run();
    stage.clock.now += 8 * dayMs;
    await forget(stage.server, 'delete-old-deliveries');
    expect(await eventsOf(stage.server, stage.hook)).toHaveLength(1);
    expect((await change(stage.server, { webhook_deliveries: 7 })).status).toBe(200);
    await forget(stage.server, 'delete-old-deliveries');
    expect(await eventsOf(stage.server, stage.hook)).toHaveLength(0);
  });

  test('holds for webhooks that came in, by what became of them', async () => {
    let now = Date.now();
    await using server = await startTestServer({ database: name, clock: () => now });
    await server.client.record(report({ namespace: 'shop', service: 'checkout', environment: 'other' }));
    await server.client.createIncomingSecret(project, { source: 'github', secret });
    await fromGitHub(server, { body: githubDeployment(1) });
    await fromGitHub(server, { event: 'star', body: githubDeployment(1) });
    await server.context.incoming.applier.runOnce();
    const counts = async () => {
      const items = await read(server);
      return ['incoming_recorded', 'incoming_other'].map((kind) => items.get(kind)?.rows);
    };
    expect(await counts()).toEqual([1, 1]);
    await change(server, { incoming_recorded: 60, incoming_other: 2 });
    now += 31 * dayMs;
    await forget(server, 'delete-old-incoming-webhooks');
    expect(await counts()).toEqual([1, 0]);
  });

  test('is written into the audit log as it changed, also where several change it at once', async () => {
    await using server = await startTestServer({ database: name });
    const wanted = [5, 6, 7, 8];
    await Promise.all(wanted.map((days) => change(server, { incoming_other: days })));
    const entries = server.context.database.read.selectFrom('audit_entries').select('details').orderBy('id');
    const told = (await entries.execute()).map(({ details }): { from: number; to: number } => JSON.parse(details));
    expect(told.map(({ to }) => to).sort()).toEqual(wanted);
    expect(told.map(({ from }) => from)).toEqual([90, ...told.slice(0, -1).map(({ to }) => to)]);
  });

  test('is the same on another node, and after a restore', async () => {
    await using database = await create();
    await using target = await create();
    await using one = await startTestServer({ database });
    await using other = await startTestServer({ database });
    await change(one, { incoming_other: 5 });
    expect((await read(other)).get('incoming_other')?.days).toBe(5);
    const archive = join(database.dataDir, 'backup.shiplog');
    await backup(database, archive);
    await restore(target, archive);
    await using restored = await startTestServer({ database: target });
    expect((await read(restored)).get('incoming_other')?.days).toBe(5);
  });
});
