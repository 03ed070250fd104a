import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askGitHub } from '../../../../test/github/checked-answers.ts';
import { custom, type Environment, environmentScene } from '../../../../test/github/environment-scene.ts';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { group, person } from '../../../../test/support/people.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';

describe.each(databases)("GitHub's environments on $name", ({ name: database }) => {
  let server: TestServer;
  let scene: Awaited<ReturnType<typeof environmentScene>>;
  beforeAll(async () => {
    server = await startTestServer({ database });
    scene = await environmentScene(server);
  });
  afterAll(() => server.stop());

  test('an environment is made with its first PUT, without any rules', async () => {
    const { repository, put, get } = scene;
    const made = await put('review/new');
    expect(made.status).toBe(200);
    expect(made.body).toMatchObject({
      name: 'review/new',
      url: `${server.url}${repository}/environments/review%2Fnew`,
      protection_rules: [],
      deployment_branch_policy: null,
    });
    expect((await put('review/new', {})).body.id).toBe(made.body.id);
    expect((await get('review/new')).body).toEqual(made.body);
  });

  test('environments are listed in pages, oldest first', async () => {
    const { maintainer, newRepository, put } = scene;
    const at = await newRepository();
    for (const each of ['one', 'two', 'three']) await put(each, {}, maintainer.token, at);
    const list = (query: string) =>
      askGitHub<{ total_count: number; environments: Environment[] }>(server, `GET ${at}/environments${query}`);
    const { body, headers } = await list('?per_page=2');
    expect([body.total_count, body.environments.map(({ name }) => name)]).toEqual([3, ['one', 'two']]);
    const url = `${server.url}${at}/environments?per_page=2`;
    expect(headers.get('link')).toBe(`<${url}&page=2>; rel="next", <${url}&page=2>; rel="last"`);
    const last = await list('?per_page=2&page=2');
    expect(last.body.environments.map(({ name }) => name)).toEqual(['three']);
    expect(last.headers.get('link')).toBe(`<${url}&page=1>; rel="prev", <${url}&page=1>; rel="first"`);
    const all = await list('?per_page=1000&page=x');
    expect([all.body.environments.length, all.headers.get('link')]).toEqual([3, null]);
  });

  test('an environment that a deployment named for the first time is there', async () => {
    const { get, deploy } = scene;
    expect((await deploy({ environment: 'named' })).status).toBe(201);
    expect((await get('named')).body.name).toBe('named');
  });

  test('one of several reviewers lets a deployment go, and no other has to', async () => {
    const { maintainer, developer, reviewer, put, deploy } = scene;
    const { id: team } = await group(server, 'acme');
    const made = await put('guarded', {
      reviewers: [
        { type: 'User', id: reviewer.id },
        { type: 'User', id: maintainer.id },
        { type: 'Team', id: team },
      ],
    });
    const [rule] = made.body.protection_rules;
    expect(rule).toMatchObject({ type: 'required_reviewers', prevent_self_review: false });
    expect(rule?.reviewers?.map(({ type, reviewer: { id } }) => [type, id])).toEqual([
      ['User', reviewer.id],
      ['User', maintainer.id],
      ['Team', team],
    ]);

    const { body } = await deploy({ environment: 'guarded' });
    const approvals = `/api/approvals/${body.id}` as const;
    const before = await ask<object>(server, `GET ${approvals}`);
    expect(before.body).toMatchObject({ state: 'pending', required: 1, pending: 1 });
    const decision = { decision: 'approve' };
    expect((await ask(server, `POST ${approvals}`, { token: developer.token, body: decision })).status).toBe(409);
    const decided = await ask<object>(server, `POST ${approvals}`, { token: reviewer.token, body: decision });
    expect(decided.body).toMatchObject({ state: 'approved', pending: 0 });
    const rules = (decided.body as { rules: { pending: number }[] }).rules;
    expect(rules.map(({ pending }) => pending)).toEqual([0, 0, 0]);
  });

  test('reviewers are shown only to those who may know of them', async () => {
    await using open = await startTestServer({ database, publicRead: true });
    await open.client.record(report({ namespace: 'public', service: 'site', environment: 'live' }));
    const [user, stranger] = [await person(open, 'approver'), await person(open, 'stranger')];
    const team = await group(open, 'hidden');
    const reviewers = [
      { type: 'User', id: user.id },
      { type: 'Team', id: team.id },
    ];
    const at = '/repos/public/site/environments/live';
    await askGitHub(open, `PUT ${at}`, { body: { reviewers } });
    const shownTo = async (token: string | null) => {
      const one = await askGitHub<Environment>(open, `GET ${at}`, { token });
      const all = await askGitHub<{ environments: Environment[] }>(open, 'GET /repos/public/site/environments', {
        token,
      });
      expect(all.body.environments).toEqual([one.body]);
      return one.body.protection_rules[0]?.reviewers?.map(({ type }) => type);
    };
    expect(await shownTo(open.adminToken)).toEqual(['User', 'Team']);
    expect(await shownTo(stranger.token)).toEqual(['User']);
    expect(await shownTo(null)).toEqual([]);
  });

  test('who started a deployment may review it, unless that is prevented', async () => {
    const { developer, put, deploy } = scene;
    const reviewers = [{ type: 'User', id: developer.id }];
    await put('own', { reviewers });
    const approve = async () => {
      const { id } = (await deploy({ environment: 'own' })).body;
      const answer = await ask(server, `POST /api/approvals/${id}`, {
        token: developer.token,
        body: { decision: 'approve' },
      });
      return answer.status;
    };
    expect(await approve()).toBe(200);
    const { body } = await put('own', { prevent_self_review: true });
    expect(body.protection_rules).toMatchObject([{ prevent_self_review: true, reviewers: [{ type: 'User' }] }]);
    expect(await approve()).toBe(409);
  });

  test.each([{ prevent_self_review: true }, { prevent_self_review: true, reviewers: null }])(
    'that reviewers may not review their own is refused where nobody reviews: %j',
    async (body) => {
      const { put, get } = scene;
      const refused = await put('nobody-reviews', body);
      expect([refused.status, refused.body.errors[0]?.field]).toEqual([422, 'prevent_self_review']);
      expect((await get('nobody-reviews')).status).toBe(404);
    },
  );

  test.each(['Spelled', 'SPELLED', 'spelled ', ' \tSpelled\n'])(
    'a guarded environment is guarded however it is spelled: %j',
    async (spelled) => {
      const { reviewer, repository, put, get, deploy } = scene;
      await put('spelled', { reviewers: [{ type: 'User', id: reviewer.id }] });
      const { body } = await deploy({ environment: spelled });
      expect(body).toMatchObject({ environment: 'spelled' });
      expect((await ask(server, `GET /api/approvals/${body.id}`)).body).toMatchObject({ state: 'pending' });
      const query = `?environment=${encodeURIComponent(spelled)}&per_page=1`;
      const listed = await askGitHub<{ id: number }[]>(server, `GET ${repository}/deployments${query}`);
      expect(listed.body.map(({ id }) => id)).toEqual([body.id]);
      expect((await put(spelled.trim(), {})).body.name).toBe('spelled');
      expect((await get(spelled)).body.name).toBe('spelled');
      const status = { state: 'queued', environment: spelled };
      const path = `${repository}/deployments/${body.id}/statuses` as const;
      expect((await askGitHub(server, `POST ${path}`, { body: status })).body).toMatchObject({
        environment: 'spelled',
      });
    },
  );

  test('a protection that waits for its environment guards it however that is spelled', async () => {
    const { repository, deploy } = scene;
    const project = encodeURIComponent(repository.slice('/repos/'.length));
    const rules = { name: 'to-come', deploy_access_levels: [{ access_level: 40 }] };
    await ask(server, `POST /api/v4/projects/${project}/protected_environments`, { body: rules });
    expect((await deploy({ environment: 'To-Come' })).status).toBe(403);
  });

  test('production is production in whatever case', async () => {
    const { deploy } = scene;
    const { body } = await deploy({ environment: 'Production' });
    expect(body).toMatchObject({ environment: 'Production', production_environment: true });
    expect((await deploy({ environment: 'PRODUCTION' })).body).toMatchObject({ environment: 'Production' });
  });

  test('the deployments of a deleted environment are in no list any more, and leave no gaps', async () => {
    const { maintainer, newRepository, put } = scene;
    const at = await newRepository();
    await put('gone', {}, maintainer.token, at);
    const askFor = (environment: string) =>
      askGitHub(server, `POST ${at}/deployments`, { body: { ref: 'main', required_contexts: [], environment } });
    for (const environment of ['kept', 'gone', 'kept', 'gone']) await askFor(environment);
    await askGitHub(server, `DELETE ${at}/environments/gone`, { token: maintainer.token });
    const { body, headers } = await askGitHub<{ environment: string }[]>(server, `GET ${at}/deployments?per_page=2`);
    expect(body.map(({ environment }) => environment)).toEqual(['kept', 'kept']);
    expect(headers.get('link')).toBeNull();
  });

  test('an environment is deleted however it is spelled', async () => {
    const { maintainer, repository, put, get } = scene;
    await put('short-lived', {});
    const path = `${repository}/environments/Short-Lived` as const;
    expect((await askGitHub(server, `DELETE ${path}`, { token: maintainer.token })).status).toBe(204);
    expect((await get('short-lived')).status).toBe(404);
  });

  test.each(['pro\u200bduction', 'pro\u0007duction'])('a name with what is not seen is refused: %j', async (hidden) => {
    const { put, deploy } = scene;
    const refused = await deploy({ environment: hidden });
    expect([refused.status, refused.body.errors[0]?.message]).toEqual([422, 'environment has control characters.']);
    expect((await put(hidden)).status).toBe(422);
  });

  test('reviewers are replaced as a whole, stay where nothing is said of them, and go with null', async () => {
    const { maintainer, reviewer, put } = scene;
    const reviewerIds = ({ body }: { body: Environment }) =>
      body.protection_rules.map(({ reviewers }) => reviewers?.map(({ reviewer: { id } }) => id));
    await put('changing', { reviewers: [{ type: 'User', id: reviewer.id }] });
    expect(reviewerIds(await put('changing', { wait_timer: 0 }))).toEqual([[reviewer.id]]);
    const both = [
      { type: 'User', id: reviewer.id },
      { type: 'User', id: maintainer.id },
    ];
    expect(reviewerIds(await put('changing', { reviewers: both }))).toEqual([[reviewer.id, maintainer.id]]);
    expect(reviewerIds(await put('changing', { reviewers: both.slice(1) }))).toEqual([[maintainer.id]]);
    expect((await put('changing', { reviewers: null })).body.protection_rules).toEqual([]);
  });

  test('a protection that asks for every rule is shown, and one of its reviewers suffices once GitHub’s API sets them', async () => {
    const { maintainer, developer, reviewer, repository, put, deploy } = scene;
    const project = encodeURIComponent(repository.slice('/repos/'.length));
    await ask(server, `POST /api/v4/projects/${project}/protected_environments`, {
      body: {
        name: 'shared',
        deploy_access_levels: [{ access_level: 40 }],
        approval_rules: [{ user_id: reviewer.id, required_approvals: 1 }, { access_level: 40 }],
      },
    });
    const { body } = await put('shared', {});
    expect(body.protection_rules).toMatchObject([
      { type: 'required_reviewers', prevent_self_review: true, reviewers: [{ reviewer: { id: reviewer.id } }] },
    ]);
    expect((await deploy({ environment: 'shared' })).status).toBe(403);
    await put('shared', { reviewers: [{ type: 'User', id: developer.id }] });
    const { body: made } = await deploy({ environment: 'shared' }, maintainer.token);
    const needs = await ask<object>(server, `GET /api/approvals/${made.id}`);
    expect(needs.body).toMatchObject({ required: 1, rules: [{ name: 'developer' }] });
  });

  test.each([
    ['a waiting time, which nothing keeps to', { wait_timer: 30 }, 'wait_timer'],
    ['a waiting time that is none', { wait_timer: 43_201 }, 'wait_timer'],
    [
      'protected branches, which nobody knows',
      { deployment_branch_policy: { protected_branches: true, custom_branch_policies: false } },
      'deployment_branch_policy',
    ],
    [
      'both kinds of branch policy',
      { deployment_branch_policy: { protected_branches: true, custom_branch_policies: true } },
      'deployment_branch_policy',
    ],
    [
      'neither',
      { deployment_branch_policy: { protected_branches: false, custom_branch_policies: false } },
      'deployment_branch_policy',
    ],
    [
      'half a policy',
      { deployment_branch_policy: { protected_branches: true } },
      'deployment_branch_policy.custom_branch_policies',
    ],
    ['a reviewer of another kind', { reviewers: [{ type: 'Robot', id: 1 }] }, 'reviewers[0].type'],
    [
      'seven reviewers',
      { reviewers: Array.from({ length: 7 }, (_, index) => ({ type: 'User', id: index + 1 })) },
      'reviewers',
    ],
    ['a reviewer who is not there', { reviewers: [{ type: 'User', id: 999_999 }] }, 'reviewers'],
  ])('%s is refused, and nothing is made', async (_, body, field) => {
    const { put, get } = scene;
    const { status, body: refusal } = await put('refused', body);
    expect([status, refusal.errors.map((error) => error.field)]).toEqual([422, [field]]);
    expect((await get('refused')).status).toBe(404);
  });

  test('a name that a report may use is taken, and one that none has is refused', async () => {
    const { put } = scene;
    expect((await put('a:b', {})).status).toBe(200);
    const { status, body } = await put('e'.repeat(256), {});
    expect([status, body.errors[0]?.field]).toEqual([422, 'name']);
  });

  test('a deleted environment is gone with its rules, whatever runs there', async () => {
    const { maintainer, developer, reviewer, repository, put, get, addPolicy } = scene;
    await put('gone', { reviewers: [{ type: 'User', id: reviewer.id }], ...custom });
    await addPolicy('gone', { name: 'main' });
    const drop = (token: string) => askGitHub(server, `DELETE ${repository}/environments/gone`, { token });
    expect((await drop(developer.token)).status).toBe(403);
    expect((await drop(maintainer.token)).status).toBe(204);
    expect((await get('gone')).status).toBe(404);
    expect((await drop(maintainer.token)).status).toBe(404);
    expect((await put('gone', {})).body).toMatchObject({ protection_rules: [], deployment_branch_policy: null });
  });

  test('only maintainers change environments, members read them, and others find nothing', async () => {
    const { developer, repository, policies, put, get, addPolicy } = scene;
    await put('levels', custom);
    const { body: policy } = await addPolicy('levels', { name: 'main' });
    const refused = [
      await put('levels', {}, developer.token),
      await put('another', {}, developer.token),
      await addPolicy('levels', { name: 'x' }, developer.token),
      await askGitHub(server, `DELETE ${policies('levels')}/${policy.id}`, { token: developer.token }),
      await askGitHub(server, `PUT ${policies('levels')}/${policy.id}`, {
        token: developer.token,
        body: { name: 'x' },
      }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect((await get('levels')).status).toBe(200);
    const { token } = await server.client.createToken({ name: 'other', scopes: ['api'], project: 'other/one' });
    const stranger = await person(server, 'stranger');
    for (const other of [token, stranger.token]) {
      expect((await get('levels', other)).status).toBe(404);
      expect((await put('levels', {}, other)).status).toBe(404);
      expect((await addPolicy('levels', { name: 'x' }, other)).status).toBe(404);
    }
    expect((await askGitHub(server, `GET ${repository}/environments`, { token: null })).status).toBe(401);
  });

  test('what is changed about an environment is in the audit', async () => {
    const { repository, put, addPolicy } = scene;
    await put('audited', custom);
    await addPolicy('audited', { name: 'main' });
    const project = encodeURIComponent(repository.slice('/repos/'.length));
    const { body } = await ask<unknown[]>(server, `GET /api/v4/projects/${project}/audit_events?per_page=2`);
    expect(JSON.stringify(body)).toContain('environment_ref_rule_added');
    expect(JSON.stringify(body)).toContain('environment_refs_limited');
  });
});
