import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { group, join, type Person, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { PeopleClient } from '../../../client/people-client.ts';
import { ProtectedEnvironmentsClient } from '../../../client/protected-environments-client.ts';

const maintainers = [{ level: 40 }] as const;

describe.each(databases)('protected environments by the native API on $name', ({ name }) => {
  let server: TestServer;
  let people: Readonly<Record<'mia' | 'dan' | 'rob' | 'sam', Person>>;
  let projects = 0;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
    people = {
      mia: await person(server, 'mia', { name: 'Mia Maintainer' }),
      dan: await person(server, 'dan', { name: 'Dan Developer' }),
      rob: await person(server, 'rob'),
      sam: await person(server, 'sam'),
    };
  });
  afterAll(() => server.stop());

  const by = ({ token }: Person = people.mia) => new ProtectedEnvironmentsClient(server.clientOf(token).requests);
  /** The path of a project of its own: mia maintains it, dan develops, rob reads. */
  async function newProject(namespace = 'shop'): Promise<string> {
    projects += 1;
    const { path } = await privateProject(server, `${namespace}/p${projects}`);
    await join(server, 'project', path, people.mia, 'maintainer');
    await join(server, 'project', path, people.dan, 'developer');
    await join(server, 'project', path, people.rob, 'reporter');
    return path;
  }
  const deploy = async (path: string, status: 'waiting' | 'in-progress' = 'in-progress') => {
    const [service = '', namespace = ''] = path.split('/').reverse();
    const sent = report({ namespace, service, environment: 'production', status });
    return (await server.clientOf(people.dan.token).record(sent)).deployment_number;
  };

  test('one is made with names of all whom it concerns, read, changed and removed', async () => {
    const project = await newProject();
    const board = await group(server, `board${projects}`);
    await join(server, 'group', board.path, people.mia, 'guest');
    const made = await ask(server, `POST /api/protected-environments?project=${encodeURIComponent(project)}`, {
      token: people.mia.token,
      body: {
        name: 'production/eu',
        deployers: [{ level: 40 }, { user_id: people.dan.id }, { group_id: board.id, with_inherited: true }],
        approval_rules: [{ group_id: board.id, required_approvals: 2 }, { level: 40 }],
      },
    });
    const entry = { id: expect.any(Number), user_id: null, username: null, group_id: null, group_path: null };
    const plain = { ...entry, level: null, with_inherited: false };
    const ofBoard = { ...plain, kind: 'group', name: board.path, group_id: board.id, group_path: board.path };
    const ofMaintainers = { ...plain, kind: 'level', name: 'Maintainers', level: 40 };
    expect([made.status, made.body]).toEqual([
      201,
      {
        name: 'production/eu',
        group: null,
        deployers: [
          ofMaintainers,
          { ...plain, kind: 'user', name: 'Dan Developer', user_id: people.dan.id, username: 'dan' },
          { ...ofBoard, with_inherited: true },
        ],
        approval_rules: [
          { ...ofBoard, required_approvals: 2 },
          { ...ofMaintainers, required_approvals: 1 },
        ],
        required_approval_count: 0,
        any_rule: false,
        self_approval: null,
      },
    ]);
    const before = await by().one({ project }, 'production/eu');
    expect(before).toEqual(made.body);
    const [, dan, deploying] = before.deployers;
    const [rule] = before.approval_rules;
    const after = await by().change({ project }, 'production/eu', {
      deployers: [{ id: dan?.id ?? 0, remove: true }, { id: deploying?.id ?? 0, with_inherited: false }, { level: 60 }],
      approval_rules: [{ id: rule?.id ?? 0, required_approvals: 1 }],
      any_rule: true,
      self_approval: false,
    });
    expect(after.deployers.map(({ name: called, with_inherited }) => [called, with_inherited])).toEqual([
      ['Maintainers', false],
      [board.path, false],
      ['Administrators', false],
    ]);
    expect(after.approval_rules.map(({ id, required_approvals }) => [id === rule?.id, required_approvals])).toEqual([
      [true, 1],
      [false, 1],
    ]);
    expect(after).toMatchObject({ any_rule: true, self_approval: false });
    expect(await by().change({ project }, 'production/eu', { self_approval: null })).toMatchObject({
      any_rule: true,
      self_approval: null,
    });
    await by().unprotect({ project }, 'production/eu');
    await expect(by().one({ project }, 'production/eu')).rejects.toMatchObject({ status: 404 });
    expect((await by().list({ project })).items).toEqual([]);
  });

  test('a project shows what the groups above it protect, from the outermost in', async () => {
    const admin = new ProtectedEnvironmentsClient(server.client.requests);
    const project = await newProject('company');
    await admin.protect({ group: 'company' }, { name: 'production', deployers: [...maintainers] });
    await by().protect({ project }, { name: 'staging', deployers: [...maintainers] });
    const shown = await by(people.dan).list({ project });
    expect(shown.items.map((each) => [each.name, each.group])).toEqual([['staging', null]]);
    expect(shown.inherited.map((each) => [each.name, each.group])).toEqual([['production', 'company']]);
    expect([shown.may_change, (await by().list({ project })).may_change]).toEqual([false, true]);
    const ofGroup = await admin.list({ group: 'company' });
    expect(ofGroup).toMatchObject({ items: [{ name: 'production', group: 'company' }], inherited: [] });
    const wrong = admin.protect({ group: 'company' }, { name: 'live', deployers: [...maintainers] });
    await expect(wrong).rejects.toMatchObject({ status: 422, problem: { errors: [{ pointer: '/name' }] } });
  });

  test('names no user or group to developers whom they could not look up', async () => {
    const project = await newProject('vault');
    const hidden = await group(server, `hidden${projects}`);
    const shared = await group(server, `shared${projects}`);
    await join(server, 'group', shared.path, people.dan, 'guest');
    const admin = new ProtectedEnvironmentsClient(server.client.requests);
    const body = {
      deployers: [{ level: 40 as const }, { group_id: hidden.id }, { group_id: shared.id }],
      approval_rules: [{ group_id: hidden.id }, { user_id: people.mia.id }],
    };
    await admin.protect({ project }, { name: 'production', ...body });
    await admin.protect({ group: 'vault' }, { name: 'staging', ...body });
    const namesIn = (shown: Awaited<ReturnType<typeof admin.list>>) =>
      [...shown.items, ...shown.inherited].map((each) =>
        [...each.deployers, ...each.approval_rules].map((entry) => [entry.kind, entry.name, entry.group_path]),
      );
    const rest = [
      ['group', shared.path, shared.path],
      ['group', 'a group', null],
      ['user', 'Mia Maintainer', null],
    ];
    const ofDan = [['level', 'Maintainers', null], ['group', 'a group', null], ...rest];
    const asDan = await by(people.dan).list({ project });
    expect(namesIn(asDan)).toEqual([ofDan, ofDan]);
    expect(JSON.stringify(asDan)).not.toContain(hidden.path);
    expect(JSON.stringify(await by(people.mia).list({ project }))).toContain(hidden.path);
  });

  test('many come by pages', async () => {
    const project = await newProject();
    for (const one of ['a', 'b', 'c']) await by().protect({ project }, { name: one, deployers: [...maintainers] });
    const first = await by().list({ project }, { limit: '2' });
    expect(first.items.map((each) => each.name)).toEqual(['a', 'b']);
    const rest = await by().list({ project }, { limit: '2', cursor: first.next_cursor ?? '' });
    expect([rest.items.map((each) => each.name), rest.next_cursor]).toEqual([['c'], null]);
  });

  test('what cannot be is refused, each fault where it was sent', async () => {
    const project = await newProject();
    const at = `/api/protected-environments?project=${encodeURIComponent(project)}` as const;
    const send = (body: object) => ask(server, `POST ${at}`, { token: people.mia.token, body });
    for (const [body, pointers] of [
      [{ name: 'production' }, ['/deployers']],
      [{ name: 'production', deployers: [] }, ['/deployers']],
      [{ name: ' ', deployers: maintainers }, ['/name']],
      [{ name: 'production', deployers: [{ level: 30 }, { level: 40, user_id: people.dan.id }] }, ['/deployers/1']],
      [{ name: 'production', deployers: maintainers, approval_rules: [{}] }, ['/approval_rules/0']],
      [{ name: 'production', deployers: [{ user_id: 1_000_000 }] }, ['/deployers/0/user_id']],
    ] as const) {
      const refused = await send(body);
      expect([body, refused.status, pointersOf(refused)]).toEqual([body, 422, pointers]);
    }
    expect((await send({ name: 'production', deployers: [{ level: 50 }] })).status).toBe(422);
    await send({ name: 'production', deployers: [{ level: 30 }] });
    expect(await send({ name: 'production', deployers: maintainers })).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
    const [kept] = (await by().one({ project }, 'production')).deployers;
    const changed = await ask(server, `PATCH ${at.replace('?', '/production?') as typeof at}`, {
      token: people.mia.token,
      body: { deployers: [{ id: kept?.id, remove: true }, { level: 40 }, { level: 40, group_id: 1 }] },
    });
    expect([changed.status, pointersOf(changed)]).toEqual([422, ['/deployers/2']]);
    for (const [query, pointer] of [
      ['', '/project'],
      [`?project=${encodeURIComponent(project)}&group=shop`, '/group'],
    ]) {
      const refused = await ask(server, `GET /api/protected-environments${query}`);
      expect([refused.status, pointersOf(refused)]).toEqual([422, [pointer]]);
    }
  });

  test('are seen by developers, changed by maintainers, and not there for others', async () => {
    const project = await newProject();
    await by().protect({ project }, { name: 'production', deployers: [...maintainers] });
    const as = by(people.dan);
    expect((await as.list({ project })).items).toHaveLength(1);
    for (const refused of [
      () => as.one({ project }, 'production'),
      () => as.protect({ project }, { name: 'staging', deployers: [...maintainers] }),
      () => as.change({ project }, 'production', { any_rule: true }),
      () => as.unprotect({ project }, 'production'),
      () => by(people.rob).list({ project }),
    ])
      await expect(refused()).rejects.toMatchObject({ status: 403 });
    await expect(by(people.sam).list({ project })).rejects.toMatchObject({ status: 404 });
    await expect(by(people.sam).unprotect({ project }, 'production')).rejects.toMatchObject({ status: 404 });
    await expect(by(people.dan).list({ group: 'shop' })).rejects.toMatchObject({ status: 403 });
  });

  test('one that names somebody who was blocked since is changed nevertheless, but nobody blocked is added', async () => {
    const project = await newProject();
    const gone = await person(server, `gone${projects}`);
    const deployers = [{ level: 40 }, { user_id: gone.id }] as const;
    await by().protect({ project }, { name: 'production', deployers: [...deployers] });
    await new PeopleClient(server.client.requests).blockUser(gone.username);
    const changed = await by().change({ project }, 'production', { required_approval_count: 2 });
    expect(changed).toMatchObject({ deployers: [{ level: 40 }, { username: gone.username }] });
    const added = by().protect({ project }, { name: 'staging', deployers: [...deployers] });
    await expect(added).rejects.toMatchObject({ status: 422 });
  });

  test('what waits runs once the environment is open', async () => {
    const project = await newProject();
    const rules = [{ user_id: people.mia.id }];
    await by().protect({ project }, { name: 'production', deployers: [{ level: 30 }], approval_rules: rules });
    const number = await deploy(project, 'waiting');
    const state = async () => (await server.client.approvals(number)).state;
    expect(await state()).toBe('pending');
    await by().unprotect({ project }, 'production');
    expect(await state()).toBe('not-needed');
  });
});
