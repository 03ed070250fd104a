import { Gitlab } from '@gitbeaker/rest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { join, type Person, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

interface Period {
  readonly id: number;
  readonly freeze_start: string;
  readonly freeze_end: string;
  readonly cron_timezone: string;
}

/** Friday 23:00 to Monday 8:00, as GitLab's documentation has it. */
const weekend = { freeze_start: '0 23 * * 5', freeze_end: '0 8 * * 1' } as const;

describe.each(databases)('freeze periods on $name', ({ name }) => {
  let now = Date.parse('2026-06-03T12:00:00Z');
  let server: TestServer;
  let maintainer: Person;
  let developer: Person;
  let stranger: Person;
  let projects = 0;
  beforeAll(async () => {
    server = await startTestServer({ database: name, clock: () => now });
    maintainer = await person(server, 'mia');
    developer = await person(server, 'dan');
    stranger = await person(server, 'sam');
  });
  afterAll(() => server.stop());

  async function newProject(): Promise<string> {
    projects += 1;
    const { id, path } = await privateProject(server, `frozen/p${projects}`);
    await join(server, 'project', path, maintainer, 'maintainer');
    await join(server, 'project', path, developer, 'developer');
    return `/api/v4/projects/${id}/freeze_periods`;
  }
  const send = <T = Period>(request: string, body?: object, token: string = maintainer.token) =>
    ask<T>(server, request as 'GET /', { token, ...(body ? { body } : {}) });

  /** Whether the project is frozen at a moment, and until when, as the deployments API tells it. */
  async function frozenUntil(periods: string, at: string): Promise<string | undefined> {
    const before = now;
    now = Date.parse(at);
    const body = { environment: 'staging', sha: 'abc', ref: 'main', tag: false, status: 'running' };
    const answer = await ask<{ message: string }>(
      server,
      `POST ${periods.replace('freeze_periods', 'deployments') as '/'}`,
      { token: developer.token, body },
    );
    now = before;
    if (answer.status === 201) return undefined;
    expect(answer.status).toBe(403);
    return /^403 Forbidden - Frozen until (\S+) /.exec(answer.body.message)?.[1] ?? answer.body.message;
  }

  test('are made, listed, shown, changed and removed', async () => {
    const periods = await newProject();
    const made = await send(`POST ${periods}`, { ...weekend, cron_timezone: 'Europe/Berlin' });
    expect([made.status, made.body]).toEqual([
      201,
      {
        id: expect.any(Number),
        ...weekend,
        cron_timezone: 'Europe/Berlin',
        created_at: '2026-06-03T12:00:00.000Z',
        updated_at: '2026-06-03T12:00:00.000Z',
      },
    ]);
    const second = await send(`POST ${periods}`, weekend);
    expect(second.body.cron_timezone).toBe('UTC');
    const all = await send<Period[]>(`GET ${periods}?per_page=1&page=2`);
    expect(all.body.map(({ id }) => id)).toEqual([second.body.id]);
    expect([all.headers.get('x-total'), all.headers.get('x-prev-page'), all.headers.get('x-next-page')]).toEqual([
      '2',
      '1',
      '',
    ]);
    now += 1000;
    const changed = await send(`PUT ${periods}/${made.body.id}`, { freeze_end: '0 9 * * 1' });
    expect([changed.status, changed.body]).toMatchObject([
      200,
      { ...weekend, freeze_end: '0 9 * * 1', updated_at: '2026-06-03T12:00:01.000Z' },
    ]);
    expect((await send(`GET ${periods}/${made.body.id}`)).body).toEqual(changed.body);
    const gone = await send(`DELETE ${periods}/${made.body.id}`);
    expect([gone.status, gone.text]).toEqual([204, '']);
    const missing = await send(`GET ${periods}/${made.body.id}`);
    expect([missing.status, missing.body]).toEqual([404, { message: '404 Not found' }]);
    expect((await send(`PUT ${periods}/${made.body.id}`, weekend)).status).toBe(404);
    expect((await send(`DELETE ${periods}/${made.body.id}`)).status).toBe(404);
    const elsewhere = await newProject();
    expect((await send(`GET ${elsewhere}/${second.body.id}`)).status).toBe(404);
  });

  test.each([
    [{ freeze_end: '0 8 * * 1' }, { error: 'freeze_start is missing' }],
    [{ freeze_start: '0 8 * * 1' }, { error: 'freeze_end is missing' }],
    [{ ...weekend, freeze_start: 'nonsense' }, { message: { freeze_start: ['is invalid syntax'] } }],
    [{ ...weekend, freeze_end: '61 * * * *' }, { message: { freeze_end: ['is invalid syntax'] } }],
    [{ ...weekend, freeze_end: '0 0 30 2 *' }, { message: { freeze_end: ['is invalid syntax'] } }],
    [{ ...weekend, freeze_start: '0 0 0 * * *' }, { message: { freeze_start: ['is invalid syntax'] } }],
    [{ ...weekend, cron_timezone: 'Mars/Base' }, { message: { cron_timezone: ['is invalid syntax'] } }],
  ])('are refused when they cannot be read: %j', async (body, answer) => {
    const periods = await newProject();
    const refused = await send(`POST ${periods}`, body);
    expect([refused.status, refused.body]).toEqual([400, answer]);
    expect((await send<Period[]>(`GET ${periods}`)).body).toEqual([]);
  });

  test('are changed by maintainers, read by whoever sees the project, and not there for others', async () => {
    const periods = await newProject();
    const { body } = await send(`POST ${periods}`, weekend);
    for (const [request, sent] of [
      [`POST ${periods}`, weekend],
      [`PUT ${periods}/${body.id}`, weekend],
      [`DELETE ${periods}/${body.id}`, undefined],
    ] as const) {
      const refused = await send<unknown>(request, sent, developer.token);
      expect([request, refused.status, refused.body]).toEqual([request, 403, { message: '403 Forbidden' }]);
      expect((await send<unknown>(request, sent, stranger.token)).body).toEqual({ message: '404 Project Not Found' });
      expect((await ask(server, request as 'POST /', { token: null, ...(sent ? { body: sent } : {}) })).status).toBe(
        401,
      );
    }
    expect((await send<Period[]>(`GET ${periods}`, undefined, developer.token)).body).toHaveLength(1);
    expect((await send(`GET ${periods}`, undefined, stranger.token)).status).toBe(404);
  });

  test('hold from a start to the next end, in their time zone', async () => {
    const periods = await newProject();
    await send(`POST ${periods}`, { ...weekend, cron_timezone: 'Eastern Time (US & Canada)' });
    expect(await frozenUntil(periods, '2026-06-06T02:59:59Z')).toBeUndefined();
    expect(await frozenUntil(periods, '2026-06-06T03:00:00Z')).toBe('2026-06-08T12:00:00.000Z');
    expect(await frozenUntil(periods, '2026-06-08T11:59:59.999Z')).toBe('2026-06-08T12:00:00.000Z');
    expect(await frozenUntil(periods, '2026-06-08T12:00:00Z')).toBeUndefined();
  });

  test('follow the clocks when they are put forward and back', async () => {
    const periods = await newProject();
    await send(`POST ${periods}`, {
      freeze_start: '30 2 * * 0',
      freeze_end: '0 5 * * 0',
      cron_timezone: 'Europe/Berlin',
    });
    // On March 29 there is no 2:30 in Berlin: the hour goes from 1:59 to 3:00.
    expect(await frozenUntil(periods, '2026-03-29T00:59:59Z')).toBeUndefined();
    expect(await frozenUntil(periods, '2026-03-29T01:00:01Z')).toBe('2026-03-29T03:00:00.000Z');
    expect(await frozenUntil(periods, '2026-03-29T03:00:00Z')).toBeUndefined();
    // On October 25 there are two: the first one counts.
    expect(await frozenUntil(periods, '2026-10-25T00:29:59Z')).toBeUndefined();
    expect(await frozenUntil(periods, '2026-10-25T00:30:00Z')).toBe('2026-10-25T04:00:00.000Z');
    expect(await frozenUntil(periods, '2026-10-25T01:31:00Z')).toBe('2026-10-25T04:00:00.000Z');
    expect(await frozenUntil(periods, '2026-10-25T04:00:00Z')).toBeUndefined();
  });

  test('that overlap or follow on each other last until the end of the last one', async () => {
    const periods = await newProject();
    await send(`POST ${periods}`, { freeze_start: '0 8 * * *', freeze_end: '0 10 * * *' });
    await send(`POST ${periods}`, { freeze_start: '0 9 * * *', freeze_end: '0 12 * * *' });
    await send(`POST ${periods}`, { freeze_start: '0 12 * * *', freeze_end: '0 13 * * *' });
    expect(await frozenUntil(periods, '2026-06-03T07:59:00Z')).toBeUndefined();
    for (const at of ['08:30', '09:30', '11:00', '12:00'])
      expect(await frozenUntil(periods, `2026-06-03T${at}:00Z`)).toBe('2026-06-03T13:00:00.000Z');
    expect(await frozenUntil(periods, '2026-06-03T13:00:00Z')).toBeUndefined();
  });

  test('keep all that is changed about them at the same time, and are never more than fifty', async () => {
    const periods = await newProject();
    const { body } = await send(`POST ${periods}`, weekend);
    await Promise.all([
      send(`PUT ${periods}/${body.id}`, { freeze_start: '0 20 * * 5' }),
      send(`PUT ${periods}/${body.id}`, { freeze_end: '0 6 * * 1' }),
      send(`PUT ${periods}/${body.id}`, { cron_timezone: 'Asia/Tokyo' }),
    ]);
    const after = { freeze_start: '0 20 * * 5', freeze_end: '0 6 * * 1', cron_timezone: 'Asia/Tokyo' };
    expect((await send(`GET ${periods}/${body.id}`)).body).toMatchObject(after);
    const made = await Promise.all(Array.from({ length: 55 }, () => send<unknown>(`POST ${periods}`, weekend)));
    expect(made.filter(({ status }) => status === 201)).toHaveLength(49);
    expect((await send<Period[]>(`GET ${periods}?per_page=100`)).body).toHaveLength(50);
  });

  test('are in the audit of the project', async () => {
    const periods = await newProject();
    const { body } = await send(`POST ${periods}`, weekend);
    await send(`PUT ${periods}/${body.id}`, { cron_timezone: 'Asia/Tokyo' });
    await send(`DELETE ${periods}/${body.id}`);
    const audit = await send<{ event_name: string; author_id: number; details: object }[]>(
      `GET ${periods.replace('freeze_periods', 'audit_events')}`,
    );
    expect(audit.body.slice(0, 3).map(({ event_name }) => event_name)).toEqual([
      'freeze_period_deleted',
      'freeze_period_updated',
      'freeze_period_created',
    ]);
    expect(audit.body[1]).toMatchObject({ author_id: maintainer.id, details: { cron_timezone: 'Asia/Tokyo' } });
  });

  test('gitbeaker makes, lists, changes and removes them', async () => {
    await server.client.record(report({ namespace: 'frozen', service: 'beaker', happened_at: '2026-06-03T10:00:00Z' }));
    const { FreezePeriods } = new Gitlab({ host: server.url, token: server.adminToken });
    const made = await FreezePeriods.create('frozen/beaker', '0 23 * * 5', '0 8 * * 1', { cronTimezone: 'Asia/Tokyo' });
    expect(made).toMatchObject({ ...weekend, cron_timezone: 'Asia/Tokyo' });
    expect(await FreezePeriods.edit('frozen/beaker', made.id, { freezeEnd: '0 7 * * 1' })).toMatchObject({
      freeze_end: '0 7 * * 1',
    });
    expect(await FreezePeriods.all('frozen/beaker')).toHaveLength(1);
    expect(await FreezePeriods.show('frozen/beaker', made.id)).toMatchObject({ id: made.id });
    await FreezePeriods.remove('frozen/beaker', made.id);
    expect(await FreezePeriods.all('frozen/beaker')).toEqual([]);
  });
});
