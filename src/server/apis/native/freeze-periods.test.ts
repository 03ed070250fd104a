import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { join, type Person, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { FreezePeriodsClient } from '../../../client/freeze-periods-client.ts';

const weekend = { freeze_start: '0 18 * * 5', freeze_end: '0 7 * * 1', cron_timezone: 'Europe/Berlin' };
/** A Wednesday. */
const wednesday = Date.parse('2026-06-03T10:00:00Z');

describe.each(databases)('freeze periods by the native API on $name', ({ name }) => {
  let server: TestServer;
  let now = wednesday;
  let people: Readonly<Record<'mia' | 'rob' | 'sam', Person>>;
  let projects = 0;
  beforeAll(async () => {
    server = await startTestServer({ database: name, clock: () => now });
    people = { mia: await person(server, 'mia'), rob: await person(server, 'rob'), sam: await person(server, 'sam') };
  });
  afterAll(() => server.stop());

  const by = ({ token }: Person = people.mia) => new FreezePeriodsClient(server.clientOf(token).requests);
  /** The path of a project of its own: mia maintains it, rob reads. */
  async function newProject(): Promise<string> {
    projects += 1;
    const { path } = await privateProject(server, `frozen/p${projects}`);
    await join(server, 'project', path, people.mia, 'maintainer');
    await join(server, 'project', path, people.rob, 'reporter');
    return path;
  }

  test('one is made, listed with when it holds next, changed and deleted', async () => {
    now = wednesday;
    const project = await newProject();
    const made = await by().create(project, weekend);
    expect(made).toEqual({
      ...weekend,
      id: expect.any(Number),
      zone: 'Europe/Berlin',
      active: false,
      start: '2026-06-05T16:00:00Z',
      end: '2026-06-08T05:00:00Z',
      created_at: '2026-06-03T10:00:00Z',
      updated_at: '2026-06-03T10:00:00Z',
    });
    expect(await by().list(project)).toEqual({ items: [made], frozen: null, may_change: true });
    const changed = await by().change(project, made.id, { cron_timezone: 'Eastern Time (US & Canada)' });
    expect(changed).toMatchObject({ zone: 'America/New_York', start: '2026-06-05T22:00:00Z' });
    await by().delete(project, made.id);
    expect((await by().list(project)).items).toEqual([]);
    await expect(by().change(project, made.id, {})).rejects.toMatchObject({ status: 404 });
  });

  test('one more than a project may have is refused for no field that was sent', async () => {
    const project = await newProject();
    for (let made = 0; made < 50; made += 1) await by().create(project, weekend);
    const refused = by().create(project, weekend);
    await expect(refused).rejects.toMatchObject({ status: 422, problem: { errors: [{ pointer: '' }] } });
  });

  test('a list says by which period the project is frozen, since when and until when', async () => {
    const project = await newProject();
    const { id } = await by().create(project, weekend);
    await by().create(project, { freeze_start: '0 4 * * 1', freeze_end: '0 8 * * 1', cron_timezone: 'UTC' });
    now = Date.parse('2026-06-06T12:00:00Z');
    const { items, frozen } = await by(people.rob).list(project);
    expect(frozen).toEqual({ by: id, until: '2026-06-08T08:00:00Z' });
    expect(items).toMatchObject([
      { active: true, start: '2026-06-05T16:00:00Z', end: '2026-06-08T05:00:00Z' },
      { active: false, start: '2026-06-08T04:00:00Z', end: '2026-06-08T08:00:00Z' },
    ]);
    now = wednesday;
  });

  test('one request tells which projects are frozen now and until when, to those who may see them', async () => {
    now = Date.parse('2026-06-06T12:00:00Z');
    const [first, second, free] = [await newProject(), await newProject(), await newProject()];
    const { id } = await by().create(first, weekend);
    await by().create(first, { freeze_start: '0 4 * * 1', freeze_end: '0 8 * * 1', cron_timezone: 'UTC' });
    await by().create(second, weekend);
    await by().create(free, { freeze_start: '0 20 * * *', freeze_end: '0 22 * * *' });
    const own = new Set([first, second, free]);
    const frozen = async (who: Person) => (await by(who).frozenNow()).items.filter(({ project }) => own.has(project));
    const expected = [
      { project: first, until: '2026-06-08T08:00:00Z' },
      { project: second, until: '2026-06-08T05:00:00Z' },
    ];
    expect(await frozen(people.rob)).toEqual(expected);
    await by().change(first, id, { freeze_end: '0 6 * * 1' });
    expect((await frozen(people.rob))[0]).toEqual({ project: first, until: '2026-06-08T08:00:00Z' });
    now = Date.parse('2026-06-08T05:00:00Z');
    expect(await frozen(people.rob)).toEqual(expected.slice(0, 1));
    now = Date.parse('2026-06-08T08:00:00Z');
    expect(await frozen(people.rob)).toEqual([]);
    now = Date.parse('2026-06-06T12:00:00Z');
    expect((await by(people.sam).frozenNow()).items).toEqual([]);
    expect((await ask(server, 'GET /api/freeze-periods/frozen', { token: null })).body).not.toHaveProperty('items.0');
    now = wednesday;
  });

  test.each([
    [weekend, '2026-06-03T10:00:00Z', ['05T16 08T05', '12T16 15T05', '19T16 22T05']],
    [weekend, '2026-06-06T10:00:00Z', ['05T16 08T05', '12T16 15T05', '19T16 22T05']],
    [{ freeze_start: '0 20 * * *', freeze_end: '0 6 * * *' }, '2026-06-03T20:00:00Z', ['03T20 04T06', '04T20 05T06']],
    [
      { freeze_start: '*/30 9 * * *', freeze_end: '0 12 * * *' },
      '2026-06-03T09:40:00Z',
      ['03T09 03T12', '04T09 04T12'],
    ],
    [{ freeze_start: '* * * * *', freeze_end: '* * * * *' }, '2026-06-03T09:40:00Z', []],
    [{ freeze_start: '0 0,12 * * *', freeze_end: '0 12 * * *' }, '2026-06-03T13:00:00Z', ['04T00 04T12']],
  ])('a preview of %j at %s tells when it would hold', async (lines, at, expected) => {
    now = Date.parse(at);
    const { windows } = await by().preview(lines);
    const shown = windows.map(({ start, end }) => `${start.slice(8, 13)} ${end.slice(8, 13)}`);
    expect([shown.slice(0, expected.length), windows.length]).toEqual([expected, expected.length === 0 ? 0 : 3]);
    now = wednesday;
  });

  test('what nobody can read is refused beside its field, in a preview as when it is made', async () => {
    const project = await newProject();
    for (const [more, pointers] of [
      [{ freeze_start: 'nonsense' }, ['/freeze_start']],
      [{ freeze_end: '0 0 30 2 *' }, ['/freeze_end']],
      [{ cron_timezone: 'Mars/Base' }, ['/cron_timezone']],
      [{ freeze_start: '', freeze_end: '61 * * * *' }, ['/freeze_start']],
    ] as const) {
      const body = { ...weekend, ...more };
      const made = await ask(server, `POST /api/freeze-periods?project=${encodeURIComponent(project)}`, { body });
      const seen = await ask(server, `GET /api/freeze-periods/preview?${new URLSearchParams(body)}`);
      for (const { status, body: problem } of [made, seen])
        expect([status, [...new Set((problem.errors ?? []).map(({ pointer }) => pointer))]]).toEqual([422, pointers]);
    }
    const missing = await ask(server, 'GET /api/freeze-periods/preview');
    expect([missing.status, pointersOf(missing)]).toEqual([422, ['/freeze_end', '/freeze_start']]);
  });

  test('are seen by readers, changed by maintainers, and not there for others', async () => {
    const project = await newProject();
    const { id } = await by().create(project, weekend);
    const reader = by(people.rob);
    expect(await reader.list(project)).toMatchObject({ items: [{ id }], may_change: false });
    const stranger = by(people.sam);
    for (const [who, status] of [
      [reader, 403],
      [stranger, 404],
    ] as const) {
      await expect(who.create(project, weekend)).rejects.toMatchObject({ status });
      await expect(who.change(project, id, { freeze_end: '0 8 * * 1' })).rejects.toMatchObject({ status });
      await expect(who.delete(project, id)).rejects.toMatchObject({ status });
    }
    await expect(stranger.list(project)).rejects.toMatchObject({ status: 404 });
  });
});
