import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, pointersOf } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { group, join, type Person, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { PeopleClient } from '../../../client/people-client.ts';

describe.each(databases)('members by the native API on $name', ({ name }) => {
  let server: TestServer;
  let people: Record<'maintainer' | 'developer' | 'owner' | 'stranger', Person>;
  const now = Date.parse('2026-06-01T12:00:00Z');
  beforeAll(async () => {
    server = await startTestServer({ database: name, clock: () => now });
    people = {
      maintainer: await person(server, 'mia', { name: 'Mia' }),
      developer: await person(server, 'dan', { name: 'Dan' }),
      owner: await person(server, 'olga', { name: 'Olga' }),
      stranger: await person(server, 'sam', { name: 'Sam' }),
    };
  });
  afterAll(() => server.stop());

  const as = (who?: Person) => new PeopleClient(server.clientOf(who?.token ?? server.adminToken).requests);
  let made = 0;
  /** A private group with an owner and a private project in it with a maintainer and a developer. */
  async function team() {
    made += 1;
    const path = `team-${made}`;
    await privateProject(server, `${path}/app`);
    await join(server, 'group', path, people.owner, 'owner');
    await join(server, 'project', `${path}/app`, people.maintainer, 'maintainer');
    await join(server, 'project', `${path}/app`, people.developer, 'developer');
    return { group: path, project: `${path}/app` };
  }

  test('are added with a level and an end, changed and removed', async () => {
    const { project } = await team();
    const maintainer = as(people.maintainer);
    const added = await maintainer.addMember(
      { project },
      { username: 'SAM', access_level: 20, expires_at: '2026-07-01T00:00:00Z' },
    );
    expect(added).toEqual({
      id: people.stranger.id,
      username: 'sam',
      name: 'Sam',
      state: 'active',
      bot: false,
      access_level: 20,
      expires_at: '2026-07-01T00:00:00Z',
      created_at: '2026-06-01T12:00:00Z',
      added_by: 'Mia',
      of: { kind: 'project', path: project },
      inherited: false,
    });
    const raised = await maintainer.changeMember({ project }, 'sam', { access_level: 30 });
    expect(raised).toMatchObject({ access_level: 30, expires_at: '2026-07-01T00:00:00Z' });
    const kept = await maintainer.changeMember({ project }, 'sam', { expires_at: null });
    expect(kept).toMatchObject({ access_level: 30, expires_at: null });
    await maintainer.removeMember({ project }, 'sam');
    expect((await maintainer.members({ project })).items.map(({ username }) => username)).not.toContain('sam');
  });

  test('are listed with those of the groups around, page by page, and found by a part of a name', async () => {
    const { group: path, project } = await team();
    const all = await as(people.developer).members({ project });
    expect(all.access_level).toBe(30);
    expect(
      all.items.filter(({ bot }) => !bot).map(({ username, inherited, of }) => [username, inherited, of.kind, of.path]),
    ).toEqual([
      ['olga', true, 'group', path],
      ['mia', false, 'project', project],
      ['dan', false, 'project', project],
    ]);
    const direct = await as().members({ project, inherited: 'false' });
    expect(direct.items.map(({ username }) => username)).not.toContain('olga');
    expect((await as().members({ project, search: 'OLG' })).items.map(({ username }) => username)).toEqual(['olga']);
    const first = await as().members({ project, limit: '2' });
    expect([first.items.length, first.next_page]).toEqual([2, 2]);
    expect(first.total).toBe(all.total);
    expect((await as(people.owner).members({ group: path })).items.map(({ inherited }) => inherited)).not.toContain(
      true,
    );
  });

  test('of which several hold count with the highest', async () => {
    const { group: path, project } = await team();
    await join(server, 'group', path, people.developer, 'maintainer');
    const { items } = await as().members({ project, search: 'dan' });
    expect(items).toMatchObject([{ access_level: 40, inherited: true, of: { kind: 'group', path } }]);
    const request = `PATCH /api/members/dan?project=${encodeURIComponent(project)}` as const;
    const lower = await ask(server, request, { body: { access_level: 20 } });
    expect([lower.status, pointersOf(lower)]).toEqual([422, ['/access_level']]);
  });

  test.each([
    [{ username: 'sam', access_level: 60 }, '/access_level'],
    [{ username: 'sam', access_level: 15 }, '/access_level'],
    [{ username: 'sam' }, '/access_level'],
    [{ access_level: 30 }, '/username'],
    [{ username: 'sam', access_level: 30, expires_at: 'soon' }, '/expires_at'],
    [{ username: 'sam', access_level: 30, expires_at: '2026-05-01T00:00:00Z' }, '/expires_at'],
  ])('cannot be added as %j', async (body, pointer) => {
    await group(server, 'plain');
    const answer = await ask(server, 'POST /api/members?group=plain', { body });
    expect([answer.status, pointersOf(answer)]).toEqual([422, [pointer]]);
  });

  test('are of one project or one group', async () => {
    const { group: path, project } = await team();
    for (const [query, pointer] of [
      ['', '/project'],
      [`?group=${path}&project=${encodeURIComponent(project)}`, '/group'],
    ]) {
      const answer = await ask(server, `GET /api/members${query}`);
      expect([answer.status, pointersOf(answer)]).toEqual([422, [pointer]]);
    }
  });

  test('are users that there are, once each', async () => {
    const { project } = await team();
    const add = (username: string) => as().addMember({ project }, { username, access_level: 30 });
    await expect(add('nobody')).rejects.toMatchObject({ status: 404 });
    await expect(add('dan')).rejects.toMatchObject({ status: 409 });
    await expect(as().removeMember({ project }, 'sam')).rejects.toMatchObject({ status: 404 });
  });

  test('are managed by maintainers, who raise nobody above themselves', async () => {
    const { group: path, project } = await team();
    const maintainer = as(people.maintainer);
    for (const refused of [
      () => maintainer.addMember({ project }, { username: 'sam', access_level: 50 }),
      () => maintainer.changeMember({ project }, 'dan', { access_level: 50 }),
      () => maintainer.addMember({ group: path }, { username: 'sam', access_level: 20 }),
      () => as(people.developer).addMember({ project }, { username: 'sam', access_level: 20 }),
      () => as(people.developer).changeMember({ project }, 'dan', { access_level: 40 }),
      () => as(people.developer).removeMember({ project }, 'mia'),
    ]) {
      await expect(refused()).rejects.toMatchObject({ status: expect.toBeOneOf([403, 404]) });
    }
    await expect(as(people.stranger).members({ project })).rejects.toMatchObject({ status: 404 });
    const anonymous = await ask(server, `GET /api/members?group=${path}`, { token: null });
    expect(anonymous.status).toBe(401);
  });

  test('may leave, but for the last owner of a group', async () => {
    const { group: path, project } = await team();
    await as(people.developer).removeMember({ project }, 'dan');
    await expect(as(people.developer).members({ project })).rejects.toMatchObject({ status: 404 });
    const admins = (await as().members({ group: path })).items.filter(({ bot }) => bot);
    expect(admins.every(({ access_level }) => access_level === 50)).toBe(true);
    await expect(as(people.owner).removeMember({ group: path }, 'olga')).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('last owner'),
    });
    await expect(as(people.owner).changeMember({ group: path }, 'olga', { access_level: 40 })).rejects.toMatchObject({
      status: 403,
    });
  });

  test('that act for a token stay as long as it', async () => {
    const { project } = await team();
    const admin = await server.context.authenticator.byToken(server.adminToken);
    const { id } = await server.context.projects.resolve(admin ?? fail(), project);
    await ask(server, `POST /api/v4/projects/${id}/access_tokens`, {
      body: { name: 'ci', scopes: ['api'], access_level: 30, expires_at: '2026-08-01' },
    });
    const bot = (await as().members({ project })).items.find((member) => member.bot && member.access_level === 30);
    expect(bot).toMatchObject({ of: { kind: 'project' } });
    await expect(as().removeMember({ project }, bot?.username ?? '')).rejects.toMatchObject({ status: 403 });
  });
});

function fail(): never {
  throw new Error('The admin token of a test server is valid.');
}
