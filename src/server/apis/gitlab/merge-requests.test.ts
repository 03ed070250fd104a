import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { join, type Person, person, privateProject } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

interface Shown {
  readonly id: number;
  readonly iid: number;
  readonly project_id: number;
  readonly [field: string]: unknown;
}

const t = (day: number) => `2026-06-${String(day).padStart(2, '0')}T08:00:00.000Z`;
const sha = (digit: string) => digit.repeat(40);
const checkout = '/api/v4/projects/shop%2Fcheckout';

describe.each(databases)("GitLab's merge requests on $name", ({ name }) => {
  let server: TestServer;
  let now = Date.parse(t(6));
  let developer: Person;
  let outsider: Person;
  const deployments = new Map<string, number>();

  const bring = async (at: string, told: object, token = developer.token) =>
    ask<Shown>(server, `POST ${at as '/'}/merge_requests`, {
      token,
      body: { source_branch: 'feature', target_branch: 'main', title: 'A change', ...told },
    });
  const list = (path: string, token: string | null = developer.token) =>
    ask<Shown[]>(server, `GET ${path as '/'}`, { token });
  const numbers = async (query: string) =>
    (await list(`${checkout}/merge_requests?${query}`)).body.map(({ iid }) => iid).join(' ');

  beforeAll(async () => {
    server = await startTestServer({ database: name, clock: () => now });
    const projects = [await privateProject(server, 'shop/checkout'), await privateProject(server, 'shop/cart')];
    await privateProject(server, 'bank/vault');
    developer = await person(server, 'dev', { name: 'Dev Eloper' });
    outsider = await person(server, 'outsider');
    for (const path of ['shop/checkout', 'shop/cart']) await join(server, 'project', path, developer, 'developer');
    await bring(checkout, {
      iid: 1,
      title: 'Add a basket',
      description: 'For what is bought',
      state: 'merged',
      merge_commit_sha: sha('a'),
      author_username: 'dev',
      labels: 'ui,fast',
      created_at: t(1),
      merged_at: t(3),
      updated_at: t(3),
      web_url: 'https://git.example/shop/checkout/-/merge_requests/1',
    });
    await bring(checkout, {
      iid: 2,
      title: 'basket: 100% faster',
      state: 'merged',
      squash_commit_sha: sha('b'),
      sha: sha('c'),
      author_username: 'Ann',
      labels: 'fast',
      target_branch: 'stable',
      created_at: t(2),
      merged_at: t(4),
      updated_at: t(6),
      merged_by_username: 'dev',
    });
    await bring(checkout, { iid: 3, title: 'Draft: try', created_at: t(3), updated_at: t(4), source_branch: 'try' });
    await bring(checkout, { iid: 4, title: 'Given up', state: 'closed', created_at: t(4), updated_at: t(5) });
    await bring('/api/v4/projects/shop%2Fcart', {
      iid: 1,
      title: 'In the cart',
      created_at: t(1),
      updated_at: t(1),
      author_username: 'dev',
    });
    await bring('/api/v4/projects/bank%2Fvault', { iid: 1, title: 'Secret' }, server.adminToken);
    for (const [environment, day] of [
      ['staging', 5],
      ['production', 7],
    ] as const) {
      now = Date.parse(t(day));
      const body = { environment, sha: sha('d'), ref: 'main', tag: false, status: 'success' };
      const made = await ask<Shown>(server, `POST ${checkout}/deployments`, { body });
      deployments.set(environment, made.body.id);
    }
    const links = [
      [1, 'staging', 5],
      [1, 'production', 7],
      [2, 'staging', 6],
    ] as const;
    for (const link of links) await store(projects[0]?.id ?? 0, link);
  });
  afterAll(() => server.stop());

  /** As linking by a repository would. */
  async function store(projectId: number, [number, environment, day]: readonly [number, string, number]) {
    const { changes, database } = server.context;
    const change = await changes.byNumber(projectId, number);
    const environments = await ask<Shown[]>(server, `GET ${checkout}/environments?name=${environment}`);
    await database.transaction((tx) =>
      tx
        .insertInto('change_deployments')
        .values({
          environment_id: environments.body[0]?.id ?? 0,
          change_id: change?.id ?? 0,
          project_id: projectId,
          deployment_id: deployments.get(environment) ?? 0,
          deployed_at: Date.parse(t(day)),
          landed: 'merge',
        })
        .execute(),
    );
  }

  test.each([
    ['', '4 3 2 1'],
    ['sort=asc', '1 2 3 4'],
    ['order_by=updated_at', '2 4 3 1'],
    ['order_by=merged_at&sort=asc', '1 2 3 4'],
    ['order_by=merged_at&sort=desc', '2 1 4 3'],
    ['order_by=title&sort=desc&state=merged&search=Add', '1'],
    ['state=merged', '2 1'],
    ['state=opened', '3'],
    ['state=closed', '4'],
    ['environment=staging', '2 1'],
    ['environment=production', '1'],
    ['environment=Staging', ''],
    ['environment=staging&search=basket&state=merged&in=description', ''],
    [`deployed_after=${t(5)}`, '2 1'],
    [`environment=staging&deployed_after=${t(5)}`, '2'],
    [`environment=staging&deployed_before=${t(6)}`, '1'],
    [`deployed_after=${t(5)}&deployed_before=${t(7)}`, '2'],
    ['search=basket', '2 1'],
    ['search=100%25', '2'],
    ['search=bought', '1'],
    ['search=bought&in=title', ''],
    ['author_username=ANN', '2'],
    ['scope=created_by_me', '1'],
    ['scope=assigned_to_me', ''],
    ['author_id=99999', ''],
    ['labels=fast', '2 1'],
    ['labels=fast,ui', '1'],
    ['labels=None', '4 3'],
    ['labels=Any', '2 1'],
    ['labels=a', ''],
    ['iids[]=1&iids[]=4', '4 1'],
    ['target_branch=stable', '2'],
    ['source_branch=try', '3'],
    ['wip=yes', '3'],
    ['merge_user_username=dev', '2'],
    ['assignee_id=None', '4 3 2 1'],
    ['milestone=1.0', ''],
    [`created_after=${t(2)}&created_before=${t(3)}`, '3 2'],
    [`updated_after=${t(5)}`, '4 2'],
    [`merged_before=${t(3)}`, '1'],
    ['per_page=3&page=2', '1'],
  ])('that are asked for by %s are %s', async (query, expected) => {
    expect(await numbers(query)).toBe(expected);
  });

  test.each([
    ['state=new', 'state does not have a valid value'],
    ['order_by=weight', 'order_by does not have a valid value'],
    ['deployed_after=yesterday', 'deployed_after is invalid'],
    ['not[labels]=fast', 'not is not supported'],
  ])('asked for by %s are refused', async (query, error) => {
    const { status, body } = await ask(server, `GET ${checkout}/merge_requests?${query}`);
    expect([status, body]).toEqual([400, { error }]);
  });

  test('are listed of a deployment, with the headers of pages', async () => {
    const url = `${checkout}/deployments/${deployments.get('staging')}/merge_requests`;
    const answer = await list(`${url}?per_page=1&order_by=merged_at`);
    expect(answer.body.map(({ iid }) => iid)).toEqual([2]);
    expect(Object.fromEntries(answer.headers)).toMatchObject({ 'x-total': '2', 'x-next-page': '2', 'x-page': '1' });
    expect((await list(`${url}?state=opened`)).body).toEqual([]);
    expect((await list(`${checkout}/deployments/99999/merge_requests`)).body).toEqual([]);
    expect((await list(url, outsider.token)).status).toBe(404);
  });

  test('have the body of GitLab’s, with users of this server as such', async () => {
    const [shown] = (await list(`${checkout}/merge_requests?iids[]=1`)).body;
    expect(shown).toMatchObject({
      iid: 1,
      title: 'Add a basket',
      description: 'For what is bought',
      state: 'merged',
      created_at: t(1),
      merged_at: t(3),
      author: { id: developer.id, username: 'dev', name: 'Dev Eloper', state: 'active' },
      labels: ['ui', 'fast'],
      source_branch: 'feature',
      target_branch: 'main',
      merge_commit_sha: sha('a'),
      squash_commit_sha: null,
      sha: null,
      draft: false,
      references: { short: '!1', relative: '!1', full: 'shop/checkout!1' },
      web_url: 'https://git.example/shop/checkout/-/merge_requests/1',
      assignees: [],
      reviewers: [],
    });
    const one = await ask<Shown>(server, `GET ${checkout}/merge_requests/1`, { token: developer.token });
    expect(one.body).toMatchObject({ ...shown, first_deployed_to_production_at: t(7), user: { can_merge: false } });
    const simple = (await list(`${checkout}/merge_requests?view=simple&iids[]=1`)).body[0] ?? {};
    expect(Object.keys(simple)).not.toContain('author');
    const [other] = (await list(`${checkout}/merge_requests?iids[]=2`)).body;
    expect(other).toMatchObject({ author: { id: null, username: 'Ann' }, merged_by: { username: 'dev' } });
  });

  test('are listed across the projects of a group and of all groups, but for those that one may not see', async () => {
    const titles = async (path: string, token: string | null = developer.token) =>
      (await list(path, token)).body.map(({ title }) => title);
    expect(await titles('/api/v4/groups/shop/merge_requests?search=cart', server.adminToken)).toEqual(['In the cart']);
    expect(await titles('/api/v4/merge_requests')).toEqual(['In the cart', 'Add a basket']);
    expect(await titles('/api/v4/merge_requests?scope=all&state=opened')).toEqual(['Draft: try', 'In the cart']);
    expect(await titles('/api/v4/merge_requests?scope=all', outsider.token)).toEqual([]);
    expect(await titles('/api/v4/merge_requests?scope=all', server.adminToken)).toContain('Secret');
    expect((await list('/api/v4/merge_requests', null)).status).toBe(401);
  });

  test('of a project that one may not see are not there', async () => {
    for (const path of ['', '/1'] as const) {
      const answer = await ask(server, `GET ${checkout}/merge_requests${path}`, { token: outsider.token });
      expect([answer.status, answer.body]).toEqual([404, { message: '404 Project Not Found' }]);
    }
    expect((await bring(checkout, { title: 'From outside' }, outsider.token)).status).toBe(404);
    const none = await ask(server, `GET ${checkout}/merge_requests/99`, { token: developer.token });
    expect([none.status, none.body]).toEqual([404, { message: '404 Not found' }]);
  });

  describe('that a tool brings', () => {
    const cart = '/api/v4/projects/shop%2Fcart';
    const change = (iid: number, body: object, token = developer.token) =>
      ask<Shown>(server, `PUT ${cart}/merge_requests/${iid}`, { token, body });

    test('get the next number where they have none, once for each open pair of branches', async () => {
      const made = await bring(cart, { source_branch: 'next' });
      expect([made.status, made.body.iid]).toEqual([201, 2]);
      const again = await bring(cart, { source_branch: 'next' });
      expect([again.status, again.body]).toEqual([
        409,
        { message: 'Another open merge request already exists for this source branch: !2' },
      ]);
    });

    test('with a number may be brought again, and then say what they are now', async () => {
      await bring(cart, { iid: 7, title: 'First' });
      now += 1000;
      const again = await bring(cart, { iid: 7, title: 'Second', merge_commit_sha: sha('e') });
      expect(again.body).toMatchObject({ iid: 7, title: 'Second', state: 'merged', merge_commit_sha: sha('e') });
      const mergedAt = new Date(now).toISOString();
      expect(again.body['merged_at']).toBe(mergedAt);
      now += 1000;
      const third = await bring(cart, { iid: 7, title: 'Third', state: 'merged' });
      expect(third.body).toMatchObject({ title: 'Third', merged_at: mergedAt });
    });

    test('that tell of an earlier state change nothing back', async () => {
      await bring(cart, { iid: 8, title: 'New', state: 'merged', updated_at: t(7) });
      const late = await bring(cart, { iid: 8, title: 'Old', state: 'opened', updated_at: t(6), sha: sha('f') });
      expect(late.body).toMatchObject({ title: 'New', state: 'merged', sha: sha('f'), updated_at: t(7) });
    });

    test('by several at once lose nothing', async () => {
      const labels = [...'abcdefgh'];
      const told = (label: string, index: number) => ({ iid: 40, title: label, created_at: t((index % 6) + 1) });
      const answers = await Promise.all(labels.map((label, index) => bring(cart, told(label, index))));
      expect(answers.map(({ status }) => status)).toEqual(labels.map(() => 201));
      const next = await Promise.all(labels.map((label) => bring(cart, { source_branch: `at-once-${label}` })));
      expect(new Set(next.map(({ body }) => body.iid)).size).toBe(labels.length);
    });

    test('are closed, opened again, named and labelled', async () => {
      const brought = await bring(cart, { iid: 9, labels: 'one,two,,one' });
      expect(brought.body['labels']).toEqual(['one', 'two']);
      const steps = [
        [{ state_event: 'close' }, { state: 'closed' }],
        [{ state_event: 'reopen' }, { state: 'opened', closed_at: null }],
        [
          { title: 'Draft: later', add_labels: 'three' },
          { draft: true, labels: ['one', 'two', 'three'] },
        ],
        [
          { remove_labels: 'one', description: null },
          { title: 'Draft: later', labels: ['two', 'three'] },
        ],
      ] as const;
      for (const [body, expected] of steps) {
        now += 1000;
        expect((await change(9, body)).body).toMatchObject(expected);
      }
      expect((await change(99, { title: 'None' })).status).toBe(404);
      expect((await change(9, {})).status).toBe(400);
    });

    test.each<[told: object, status: number, body: object]>([
      [{ title: '' }, 400, { error: 'title is empty' }],
      [{ iid: 1.5 }, 400, { error: 'iid is invalid' }],
      [
        { iid: 20, state: 'opened', merged_at: t(3) },
        400,
        { message: { merged_at: ['does not go with the state opened'] } },
      ],
      [{ iid: 20, created_at: t(28) }, 400, { message: { created_at: ['is more than a day ahead'] } }],
      [{ iid: 20, updated_at: t(28) }, 400, { message: { updated_at: ['is more than a day ahead'] } }],
      [{ iid: 20, merged_at: t(28) }, 400, { message: { merged_at: ['is more than a day ahead'] } }],
      [{ iid: 0 }, 400, { error: 'iid does not have a valid value' }],
      [
        { iid: 20, merge_commit_sha: 'HEAD' },
        400,
        { message: { merge_commit_sha: ['must be a whole commit in small hexadecimal digits'] } },
      ],
      [{ iid: 20, web_url: 'javascript:alert(1)' }, 400, { message: { web_url: ['must be an http or https URL'] } }],
    ])('as %j are refused', async (told, status, body) => {
      const answer = await bring(cart, told);
      expect([answer.status, answer.body]).toEqual([status, body]);
    });

    test('are refused from who may only read', async () => {
      const reader = await person(server, 'reader');
      await join(server, 'project', 'shop/cart', reader, 'reporter');
      expect((await bring(cart, { iid: 30 }, reader.token)).status).toBe(403);
      expect((await change(1, { title: 'Mine' }, reader.token)).status).toBe(403);
    });
  });
});
