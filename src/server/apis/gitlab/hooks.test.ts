import { Gitlab } from '@gitbeaker/rest';
import { describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { join, person } from '../../../../test/support/people.ts';
import { startReceiver } from '../../../../test/support/receiver.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { signIn } from '../../../../test/support/sign-in.ts';
import type { Scope } from '../../../contract/access.ts';

const hooks = '/api/v4/projects/shop%2Fcheckout/hooks' as const;

describe.each(databases)("GitLab's project hooks on $name", ({ name }) => {
  async function started(): Promise<TestServer> {
    const server = await startTestServer({ database: name, webhookAllowedHosts: ['127.0.0.1'] });
    await server.client.record(report({ namespace: 'shop', service: 'checkout' }));
    await server.client.record(report({ namespace: 'shop', service: 'other' }));
    return server;
  }

  const made = async (server: TestServer, body: object = {}) =>
    (await ask<{ id: number }>(server, `POST ${hooks}`, { body: { url: 'https://example.com/hook', ...body } })).body
      .id;

  test('are made, shown, changed and removed by gitbeaker, and told of deployments', async () => {
    await using receiver = await startReceiver();
    await using server = await started();
    const gitlab = new Gitlab({ host: server.url, token: server.adminToken });
    const added = await gitlab.ProjectHooks.add('shop/checkout', receiver.url, {
      token: 'secret',
      deploymentEvents: true,
      pushEvents: false,
      enableSslVerification: false,
    });
    expect(added).toMatchObject({ url: receiver.url, deployment_events: true, push_events: false });
    expect(await gitlab.ProjectHooks.show('shop/checkout', added.id)).toEqual(added);
    expect(await gitlab.ProjectHooks.all('shop/checkout')).toEqual([added]);
    await server.client.record(report({ namespace: 'shop', service: 'checkout' }));
    await expect.poll(() => receiver.received.length).toBe(1);
    expect(receiver.received[0]?.headers['x-gitlab-token']).toBe('secret');
    const edited = await gitlab.ProjectHooks.edit('shop/checkout', added.id, receiver.url, { deploymentEvents: false });
    expect(edited).toMatchObject({ id: added.id, deployment_events: false, push_events: false });
    await gitlab.ProjectHooks.remove('shop/checkout', added.id);
    expect(await gitlab.ProjectHooks.all('shop/checkout')).toEqual([]);
  });

  test("have GitLab's fields, and its defaults", async () => {
    await using server = await started();
    const answer = await ask(server, `POST ${hooks}`, { body: { url: ' https://example.com/hook ', name: 'Mine' } });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: expect.any(Number),
      url: 'https://example.com/hook',
      name: 'Mine',
      description: null,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      project_id: expect.any(Number),
      push_events: true,
      push_events_branch_filter: null,
      branch_filter_strategy: 'wildcard',
      tag_push_events: false,
      merge_requests_events: false,
      repository_update_events: false,
      issues_events: false,
      confidential_issues_events: false,
      note_events: false,
      confidential_note_events: false,
      pipeline_events: false,
      wiki_page_events: false,
      job_events: false,
      deployment_events: false,
      releases_events: false,
      milestone_events: false,
      feature_flag_events: false,
      emoji_events: false,
      resource_access_token_events: false,
      vulnerability_events: false,
      enable_ssl_verification: true,
      alert_status: 'executable',
      disabled_until: null,
      url_variables: [],
      custom_webhook_template: null,
      custom_headers: [],
    });
  });

  test('read back what a client wrote, also of events that are not sent', async () => {
    await using server = await started();
    const flags = { issues_events: true, pipeline_events: true, push_events: false, branch_filter_strategy: 'regex' };
    const body = { url: 'https://example.com/hook', ...flags, description: 'all of it', unknown: 1 };
    const id = await made(server, body);
    const { unknown: _, ...kept } = body;
    expect((await ask(server, `GET ${hooks}/${id}`)).body).toMatchObject(kept);
    const changed = await ask(server, `PUT ${hooks}/${id}?issues_events=0`, { body: { description: null } });
    expect(changed.body).toMatchObject({ ...kept, issues_events: false, description: null });
  });

  test.each([
    ['no URL', {}, 400, { error: 'url is missing' }],
    ['a URL that is none', { url: 'nonsense' }, 422, { error: 'Invalid url given' }],
    [
      'a flag that is none',
      { url: 'https://a.example', push_events: 'banana' },
      400,
      { error: 'push_events is invalid' },
    ],
    ['a template', { url: 'https://a.example', custom_webhook_template: '{}' }, 400, {}],
    ['a token that is no header', { url: 'https://a.example', token: 'a\r\nb: c' }, 400, {}],
    ['a header of the sender', { url: 'https://a.example', custom_headers: [{ key: 'Host', value: 'b' }] }, 400, {}],
    [
      'a header with a line break',
      { url: 'https://a.example', custom_headers: [{ key: 'A', value: 'b\nc' }] },
      400,
      {},
    ],
    ['a name that is too long', { url: 'https://a.example', name: 'x'.repeat(256) }, 400, {}],
    ['a URL that is too long', { url: `https://a.example/${'x'.repeat(2048)}` }, 422, { error: 'Invalid url given' }],
  ])('with %s are refused', async (_, body, status, expected) => {
    await using server = await started();
    const answer = await ask(server, `POST ${hooks}`, { body });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject(expected);
    expect((await ask<unknown[]>(server, `GET ${hooks}`)).body).toEqual([]);
  });

  test('are a hundred a project at most', async () => {
    await using server = await started();
    for (let count = 0; count < 100; count += 1) await made(server);
    const answer = await ask(server, `POST ${hooks}`, { body: { url: 'https://example.com/' } });
    expect([answer.status, answer.body]).toEqual([
      400,
      { message: { base: ['Maximum number of hooks (100) exceeded'] } },
    ]);
    const page = await ask<unknown[]>(server, `GET ${hooks}?per_page=60&page=2`);
    expect([page.body.length, page.headers.get('x-total'), page.headers.get('x-next-page')]).toEqual([40, '100', '']);
  });

  test('are for maintainers of the project, whoever else asks', async () => {
    await using server = await started();
    const id = await made(server);
    const requests = [
      `GET ${hooks}`,
      `GET ${hooks}/${id}`,
      `GET ${hooks}/${id}/events`,
      `POST ${hooks}?url=https://example.com`,
      `PUT ${hooks}/${id}?name=changed`,
      `DELETE ${hooks}/${id}`,
      `POST ${hooks}/${id}/events/1/resend`,
      `POST ${hooks}/${id}/test/deployment_events`,
    ] as const;
    const asks = (token: string | undefined, which: readonly (typeof requests)[number][] = requests) =>
      Promise.all(which.map(async (request) => (await ask(server, request, { token: token ?? '' })).status));
    const tokenOf = async (scopes: Scope[], project?: string) =>
      (await server.client.createToken({ name: 'x', scopes, ...(project ? { project } : {}) })).token;
    const password = 'correct horse battery';
    await server.client.createUser({ username: 'developer', password });
    const { page } = await signIn(server, { username: 'developer', password });
    const body = { name: 'mine', scopes: ['api'] };
    const developer = await ask<{ token: string }>(server, 'POST /api/tokens', { ...page, body });

    expect(await asks('')).toEqual(Array(8).fill(401));
    expect(await asks('slg_wrong')).toEqual(Array(8).fill(401));
    expect(await asks(developer.body.token)).toEqual(Array(8).fill(403));
    expect(await asks(await tokenOf(['record']))).toEqual(Array(8).fill(403));
    expect(await asks(await tokenOf(['api'], 'shop/other'))).toEqual(Array(8).fill(404));
    expect(await asks(await tokenOf(['read_api']))).toEqual(Array(8).fill(403));
    expect((await ask(server, `GET ${hooks}`)).body).toMatchObject([{ id, name: null }]);

    const [maintainer, other] = [await person(server, 'maintainer'), await person(server, 'other')];
    await join(server, 'project', 'shop/checkout', maintainer, 'maintainer');
    await join(server, 'project', 'shop/other', other, 'maintainer');
    expect(await asks(maintainer.token, requests.slice(0, 4))).toEqual([200, 200, 200, 201]);
    expect(await asks(other.token)).toEqual(Array(8).fill(403));
  });

  test('of another project are not found', async () => {
    await using server = await started();
    const id = await made(server);
    const other = hooks.replace('checkout', 'other') as '/';
    for (const request of [`GET ${other}/${id}`, `PUT ${other}/${id}`, `DELETE ${other}/${id}`] as const) {
      const answer = await ask(server, request);
      expect([answer.status, answer.body]).toEqual([404, { message: '404 Not found' }]);
    }
    expect((await ask(server, `GET ${other}/${id}/events`)).status).toBe(404);
    expect((await ask(server, 'GET /api/v4/projects/shop%2Fnothing/hooks')).body).toEqual({
      message: '404 Project Not Found',
    });
  });

  test('are tried with a sample, whose delivery is shown with all that went and came', async () => {
    await using receiver = await startReceiver();
    await using server = await started();
    const id = await made(server, { url: receiver.url, token: 'secret' });
    receiver.answer = (response) => void response.writeHead(201, { 'x-answer': 'yes' }).end('taken');
    const tried = await ask(server, `POST ${hooks}/${id}/test/deployment_events`);
    expect([tried.status, tried.body]).toEqual([201, { message: '201 Created' }]);
    const [event] = (await ask<unknown[]>(server, `GET ${hooks}/${id}/events`)).body;
    expect(event).toMatchObject({
      id: expect.any(Number),
      url: receiver.url,
      trigger: 'deployment_hooks',
      request_headers: { 'X-Gitlab-Event': 'Deployment Hook', 'X-Gitlab-Token': '[REDACTED]' },
      request_data: receiver.received[0]?.json,
      response_headers: { 'x-answer': 'yes' },
      response_body: 'taken',
      execution_duration: expect.any(Number),
      response_status: '201',
      error: null,
    });
    receiver.answer = (response) => void response.writeHead(500).end();
    const failed = await ask(server, `POST ${hooks}/${id}/test/deployment_events`);
    expect([failed.status, failed.body]).toEqual([422, { message: 'The answer was 500.' }]);
    const idsOf = async (query: string) =>
      (await ask<unknown[]>(server, `GET ${hooks}/${id}/events${query}`)).body.length;
    expect(await Promise.all(['', '?status=successful', '?status=500', '?status[]=404'].map(idsOf))).toEqual([
      2, 1, 1, 0,
    ]);
    expect((await ask(server, `GET ${hooks}/${id}/events?status=wrong`)).status).toBe(400);
    expect((await ask(server, `POST ${hooks}/${id}/test/push_events`)).status).toBe(422);
    expect((await ask(server, `POST ${hooks}/${id}/test/wrong`)).body).toEqual({
      error: 'trigger does not have a valid value',
    });
  });

  test('can be tried before anything was deployed', async () => {
    await using receiver = await startReceiver();
    await using server = await started();
    const project = await ask<{ id: number }>(server, 'POST /api/v4/projects', { body: { name: 'fresh' } });
    const at = `/api/v4/projects/${project.body.id}/hooks` as const;
    const hook = await ask<{ id: number }>(server, `POST ${at}`, { body: { url: receiver.url } });
    expect((await ask(server, `POST ${at}/${hook.body.id}/test/deployment_events`)).status).toBe(201);
    expect(receiver.received[0]?.json).toMatchObject({ object_kind: 'deployment', deployment_id: 0 });
  });
});
