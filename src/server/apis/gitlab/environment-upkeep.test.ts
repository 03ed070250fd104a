import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import {
  dayMs,
  deploy,
  iso,
  newProject,
  type ShownEnvironment as Shown,
} from '../../../../test/support/gitlab-environments.ts';
import { newPerson } from '../../../../test/support/gitlab-people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

describe.each(databases)("The upkeep of GitLab's environments on $name", ({ name: database }) => {
  let server: TestServer;
  let now = Date.UTC(2026, 4, 1);
  beforeAll(async () => {
    server = await startTestServer({ database, clock: () => now });
  });
  afterAll(() => server.stop());

  async function runJob(name: string) {
    const job = server.context.jobs.jobs.find((each) => each.name === name);
    if (!job) throw new Error(`There is no job ${name}.`);
    // What the last run holds the lease for is over.
    now += 2 * 3_600_000;
    await server.context.jobs.runOnce(job);
  }

  describe('stops one by itself', () => {
    test.each([
      ['auto_stop_at', { auto_stop_at: '2026-06-01T12:00:00+02:00' }, () => Date.UTC(2026, 5, 1, 10)],
      ['auto_stop_in', { auto_stop_in: '1 week' }, () => now + 7 * dayMs],
      ['auto_stop_in in parts', { auto_stop_in: '2 days and 12 hours' }, () => now + 2.5 * dayMs],
      ['auto_stop_in in short', { auto_stop_in: '90m' }, () => now + 5_400_000],
    ])('when %s says so', async (_, body, at) => {
      const { send } = await newProject(server, now);
      const { id, auto_stop_at: shown } = (await send('POST ', { name: 'qa', ...body })).body;
      expect(shown).toBe(iso(at()));
      await runJob('stop-due-environments');
      if (now < Date.parse(shown ?? '')) expect((await send(`GET /${id}`)).body.state).toBe('available');
      now = Math.max(now, Date.parse(shown ?? ''));
      await runJob('stop-due-environments');
      expect((await send(`GET /${id}`)).body).toMatchObject({ state: 'stopped', auto_stop_at: null });
    });

    test.each([{ auto_stop_at: null }, { auto_stop_at: '' }, { auto_stop_in: 'never' }])(
      'unless %j took it back',
      async (body) => {
        const { send, make } = await newProject(server, now);
        const { id } = await make({ name: 'qa', auto_stop_in: '1 minute' });
        expect((await send(`PUT /${id}`, body)).body.auto_stop_at).toBeNull();
        await runJob('stop-due-environments');
        expect((await send(`GET /${id}`)).body.state).toBe('available');
      },
    );
  });

  test('stopping one is seen in what is deployed there next', async () => {
    const { send, make, url, path } = await newProject(server, now);
    const { id } = await make({ name: 'qa', auto_stop_in: '1 minute' });
    const { token } = await newPerson(server);
    const body = { environment: 'qa', sha: 'a'.repeat(40), ref: 'main', tag: false, status: 'failed' };
    const told = async () =>
      (await ask<{ environment: Shown }>(server, `POST /api/v4${url as ''}/deployments`, { body, token })).body
        .environment;
    const { updated_at: before } = await told();
    now += 1000;
    const stopped = (await send(`POST /${id}/stop`)).body;
    expect(stopped.updated_at).not.toBe(before);
    expect((await told()).updated_at).toBe(stopped.updated_at);

    await deploy(server, path, 'qa', 'success', now);
    await send(`PUT /${id}`, { auto_stop_in: '1 minute' });
    await told();
    await runJob('stop-due-environments');
    const again = (await send(`GET /${id}`)).body;
    expect([again.state, (await told()).updated_at]).toEqual(['stopped', again.updated_at]);
  });

  test('stale ones are stopped at once, except those that are protected or deployed to', async () => {
    const { send, make, path, url } = await newProject(server, now);
    for (const name of ['old', 'protected', 'used', 'backfilled', 'changed']) await make({ name });
    const protect = { name: 'protected', deploy_access_levels: [{ access_level: 40 }] };
    expect((await ask(server, `POST /api/v4${url as ''}/protected_environments`, { body: protect })).status).toBe(201);
    now += 30 * dayMs;
    await deploy(server, path, 'used', 'failure', now);
    await deploy(server, path, 'backfilled', 'failure', now - 25 * dayMs);
    const [changed] = (await send<Shown[]>('GET ?name=changed')).body;
    await send(`PUT /${changed?.id}`, { description: 'still here' });
    const answer = await send<object>(`POST /stop_stale?before=${iso(now - 10 * dayMs)}`, {});
    expect([answer.status, answer.body]).toEqual([
      200,
      { message: 'Successfully requested stop for all stale environments' },
    ]);
    expect((await send<Shown[]>('GET ?states=stopped')).body.map(({ name }) => name)).toEqual(['first', 'old']);
  });

  test.each<readonly [string, () => string | undefined, object]>([
    ['without a time', () => undefined, { error: 'before is missing' }],
    ['with a strange time', () => 'soon', { error: 'before is invalid' }],
    ['of the last week', () => iso(now - 6 * dayMs), { message: '400 Bad request - Invalid Date' }],
    ['of more than ten years ago', () => iso(now - 3660 * dayMs), { message: '400 Bad request - Invalid Date' }],
  ])('stale ones %s are not stopped', async (_, before, expected) => {
    const { send } = await newProject(server, now);
    const answer = await send('POST /stop_stale', { before: before() });
    expect([answer.status, answer.body]).toEqual([400, expected]);
  });

  test('stopped review apps are deleted a week after somebody asked, and only then', async () => {
    const { send, make, stopped, path } = await newProject(server, now);
    await stopped('review/a');
    now += 1000;
    await stopped('review/b');
    await stopped('Review/c');
    await stopped('staging');
    await make({ name: 'review/running' });
    now += 31 * dayMs;
    await stopped('review/young');
    const clean = async (body: object) => (await send<Record<string, Shown[]>>('DELETE /review_apps', body)).body;
    const both = [
      { id: expect.any(Number), name: 'review/a', slug: expect.stringMatching(/^review-a-/), external_url: null },
      expect.objectContaining({ name: 'review/b' }),
    ];
    expect(await clean({})).toEqual({ scheduled_entries: both, unprocessable_entries: [] });
    expect(await clean({ limit: 1 })).toMatchObject({ scheduled_entries: [both[0]] });
    expect(await clean({ before: iso(now - 400 * dayMs) })).toMatchObject({ scheduled_entries: [] });
    expect(await clean({ dry_run: 'false' })).toMatchObject({ scheduled_entries: both });
    expect(await clean({ dry_run: false })).toEqual({ scheduled_entries: [], unprocessable_entries: [] });
    await deploy(server, path, 'review/b', 'success', now);
    const left = async () => (await send<Shown[]>('GET ?search=review')).body.map(({ name }) => name);
    await runJob('delete-due-environments');
    expect(await left()).toEqual(['review/a', 'review/b', 'Review/c', 'review/running', 'review/young']);
    now += 7 * dayMs;
    await runJob('delete-due-environments');
    expect(await left()).toEqual(['review/b', 'Review/c', 'review/running', 'review/young']);
  });

  test.each([
    [{ limit: 0 }, 'limit does not have a valid value'],
    [{ limit: 1001 }, 'limit does not have a valid value'],
    [{ dry_run: 'perhaps' }, 'dry_run is invalid'],
  ])('review apps are not cleaned up by %j', async (body, error) => {
    const { send } = await newProject(server, now);
    const answer = await send('DELETE /review_apps', body);
    expect([answer.status, answer.body]).toEqual([400, { error }]);
  });
});
