import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { administrator, group, join, type Person, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { FreezePeriodsClient } from '../../../client/freeze-periods-client.ts';
import { GatesClient } from '../../../client/gates-client.ts';
import { ProtectedEnvironmentsClient } from '../../../client/protected-environments-client.ts';

const now = '2026-06-03T10:00:00Z';
const always = { freeze_start: '0 0 1 1 *', freeze_end: '59 23 31 12 *' };

describe.each(databases)('whether one may deploy, on $name', ({ name }) => {
  let server: TestServer;
  let people: Readonly<Record<'mia' | 'dan' | 'rob' | 'sam', Person>>;
  let projects = 0;
  beforeAll(async () => {
    server = await startTestServer({ database: name, clock: () => Date.parse(now) });
    people = {
      mia: await person(server, 'mia', { name: 'Mia Maintainer' }),
      dan: await person(server, 'dan'),
      rob: await person(server, 'rob'),
      sam: await person(server, 'sam'),
    };
  });
  afterAll(() => server.stop());

  const asked = (who: Person, project: string, environment = 'production') =>
    new GatesClient(server.clientOf(who.token).requests).ask({ project, environment });
  async function newProject(): Promise<string> {
    projects += 1;
    const { path } = await privateProject(server, `gates/p${projects}`);
    await join(server, 'project', path, people.mia, 'maintainer');
    await join(server, 'project', path, people.dan, 'developer');
    await join(server, 'project', path, people.rob, 'reporter');
    return path;
  }
  const protect = (project: string, body: object, owner: object = { project }) =>
    new ProtectedEnvironmentsClient(server.client.requests).protect(owner, {
      name: 'production',
      deployers: [{ level: 30 }],
      ...body,
    });

  test('is allowed where nothing stands against it, and prevented for who only reads', async () => {
    const project = await newProject();
    const open = { frozen: null, approvals: { required: 0, rules: [] }, protected: false };
    expect(await asked(people.dan, project)).toEqual({ ...open, decision: 'allowed', may_deploy: true });
    expect(await asked(people.rob, project)).toEqual({ ...open, decision: 'prevented', may_deploy: false });
  });

  test('waits for approvals, by rules or by number', async () => {
    const project = await newProject();
    await protect(project, { approval_rules: [{ user_id: people.mia.id }, { level: 30, required_approvals: 2 }] });
    await protect(project, { name: 'staging', required_approval_count: 2 });
    expect(await asked(people.dan, project)).toMatchObject({
      decision: 'awaiting',
      may_deploy: true,
      protected: true,
      approvals: {
        required: 3,
        rules: [
          { name: 'Mia Maintainer', required: 1 },
          { name: 'Developers + Maintainers', required: 2 },
        ],
      },
    });
    expect(await asked(people.dan, project, 'staging')).toMatchObject({ approvals: { required: 2, rules: [] } });
    expect((await asked(people.dan, project, 'testing')).decision).toBe('allowed');
  });

  test('names who approves only to developers, and only those whom they could look up', async () => {
    const project = await newProject();
    const hidden = await group(server, `hidden${projects}`);
    const approval_rules = [{ user_id: people.mia.id }, { group_id: hidden.id }, { level: 40 }];
    await protect(project, { approval_rules });
    const named = async (who: Person) => (await asked(who, project)).approvals;
    const rulesOf = (...names: (string | null)[]) => names.map((name) => ({ name, required: 1 }));
    expect((await named(people.mia)).rules).toEqual(rulesOf('Mia Maintainer', hidden.path, 'Maintainers'));
    expect((await named(people.dan)).rules).toEqual(rulesOf('Mia Maintainer', null, 'Maintainers'));
    expect(await named(people.rob)).toEqual({ required: 3, rules: rulesOf(null, null, null) });
  });

  test('tells whoever reads without an account nothing of who approves', async () => {
    await using open = await startTestServer({ database: name, publicRead: true });
    await open.client.record(report({ namespace: 'open', service: 'shop', environment: 'production' }));
    const mia = await person(open, 'mia');
    const protections = new ProtectedEnvironmentsClient(open.client.requests);
    const approval_rules = [{ user_id: mia.id }, { level: 40 as const }];
    await protections.protect(
      { project: 'open/shop' },
      { name: 'production', deployers: [{ level: 30 }], approval_rules },
    );
    const told = await ask(open, 'GET /api/gate?project=open/shop&environment=production', { token: null });
    expect(told).toMatchObject({ status: 200, body: { decision: 'prevented', approvals: { required: 2 } } });
    expect(JSON.stringify(told.body)).not.toMatch(/mia|Maintainers/);
  });

  test('is answered for an environment with the longest name that one can have', async () => {
    const project = await newProject();
    const made = await server.context.environments.create(
      await administrator(server),
      await server.context.projects.resolve(await administrator(server), project),
      'e'.repeat(255),
      {},
    );
    expect((await asked(people.dan, project, made.name)).decision).toBe('allowed');
  });

  test('is prevented by a protection that names others, also one of a group for the tier', async () => {
    const project = await newProject();
    const [namespace = '', service = ''] = project.split('/');
    await server.client.record(report({ namespace, service, environment: 'prod-eu', happened_at: now }));
    await protect(project, { deployers: [{ level: 40 }] }, { group: 'gates' });
    for (const environment of ['prod-eu', 'production', 'live-but-never-deployed-to']) {
      expect([environment, (await asked(people.dan, project, environment)).decision]).toEqual([
        environment,
        'prevented',
      ]);
      expect([environment, (await asked(people.mia, project, environment)).decision]).toEqual([environment, 'allowed']);
    }
    await new ProtectedEnvironmentsClient(server.client.requests).unprotect({ group: 'gates' }, 'production');
  });

  test('is prevented while the project is frozen, which a maintainer may override', async () => {
    const project = await newProject();
    await new FreezePeriodsClient(server.client.requests).create(project, always);
    const frozen = { ...always, cron_timezone: 'UTC', until: '2026-12-31T23:59:00Z' };
    expect(await asked(people.dan, project)).toMatchObject({
      decision: 'prevented',
      may_deploy: true,
      frozen: { ...frozen, may_override: false },
    });
    expect(await asked(people.mia, project)).toMatchObject({ decision: 'prevented', frozen: { may_override: true } });
  });

  test('is answered to nobody who may not know of the project', async () => {
    const project = await newProject();
    await expect(asked(people.sam, project)).rejects.toMatchObject({ status: 404 });
    expect((await ask(server, `GET /api/gate?project=${encodeURIComponent(project)}`)).status).toBe(422);
  });
});
