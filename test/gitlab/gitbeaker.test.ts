import { AccessLevel, type Gitlab } from '@gitbeaker/rest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases } from '../support/databases.ts';
import { adminOf, gitlabOf, newPerson, type Person } from '../support/gitlab-people.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const project = 'shop/backend/checkout';
const sha = 'a91957a858320c0e17f3a0eca7cfacbff50ea29a';
const wednesday = Date.parse('2026-06-03T12:00:00Z');
const saturday = Date.parse('2026-06-06T12:00:00Z');

/** What gitbeaker throws for an answer that is an error. */
const refusal = (status: number, description: string) => ({
  cause: { description, response: expect.objectContaining({ status }) },
});

// One story: each test goes on where the one before ended.
describe.each(databases)('gitbeaker, from an empty server to a deployment, on $name', ({ name }) => {
  let server: TestServer;
  let receiver: Receiver;
  let now = wednesday;
  let admin: ReturnType<typeof adminOf>;
  let developer: Person;
  let reviewer: Person;
  let outsider: Person;
  let bot: InstanceType<typeof Gitlab<false>>;
  beforeAll(async () => {
    receiver = await startReceiver();
    server = await startTestServer({ database: name, clock: () => now, webhookAllowedHosts: ['127.0.0.1'] });
    admin = adminOf(server);
    developer = await newPerson(server, 'dev');
    reviewer = await newPerson(server, 'reviewer');
    outsider = await newPerson(server, 'outsider');
  });
  afterAll(async () => {
    await server.stop();
    await receiver[Symbol.asyncDispose]();
  });

  const deploy = (by: Pick<Person, 'gitlab'>['gitlab'], environment: string, more: object = {}) => {
    now += 1000;
    return by.Deployments.create(project, environment, sha, 'main', false, { status: 'running', ...more });
  };

  test('makes groups, a project and its members', async () => {
    const shop = await admin.Groups.create('Shop', 'shop');
    const backend = await admin.Groups.create('Backend', 'backend', { parentId: shop.id });
    const made = await admin.Projects.create({ name: 'Checkout', path: 'checkout', namespaceId: backend.id });
    expect(made).toMatchObject({ path_with_namespace: project, visibility: 'private' });
    expect(await admin.Projects.show(project)).toMatchObject({ id: made.id });
    await admin.ProjectMembers.add(project, AccessLevel.DEVELOPER, { userId: developer.id });
    await admin.GroupMembers.add('shop', AccessLevel.MAINTAINER, { userId: reviewer.id });
    const all = await developer.gitlab.ProjectMembers.all(project, { includeInherited: true });
    expect(all.map(({ username }) => username)).toEqual(
      expect.arrayContaining([developer.username, reviewer.username]),
    );
    expect(await developer.gitlab.Users.showCurrentUser()).toMatchObject({ username: developer.username });
  });

  test('hides the project from everybody else', async () => {
    const hidden = refusal(404, '404 Project Not Found');
    await expect(outsider.gitlab.Projects.show(project)).rejects.toMatchObject(hidden);
    await expect(deploy(outsider.gitlab, 'staging')).rejects.toMatchObject(hidden);
    await expect(gitlabOf(server, 'wrong').Projects.show(project)).rejects.toMatchObject(
      refusal(401, '401 Unauthorized'),
    );
  });

  test('makes a token of the project, with which a pipeline deploys', async () => {
    const expires = new Date(wednesday + 30 * 86_400_000).toISOString().slice(0, 10);
    const made = await reviewer.gitlab.ProjectAccessTokens.create(project, 'pipeline', ['api'], expires, {
      accessLevel: AccessLevel.DEVELOPER,
    });
    expect(made).toMatchObject({ name: 'pipeline', scopes: ['api'], active: true });
    bot = gitlabOf(server, made.token);
    const running = await deploy(bot, 'staging');
    expect(running).toMatchObject({ iid: 1, status: 'running', user: { name: 'pipeline' }, deployable: null });
    const done = await bot.Deployments.edit(project, running.id, 'success');
    expect(done).toMatchObject({ id: running.id, status: 'success' });
    expect(await bot.Deployments.show(project, running.id)).toEqual(done);
    expect(await bot.Deployments.allMergeRequests(project, running.id)).toEqual([]);
    const [staging] = await bot.Environments.all(project, { name: 'staging' });
    expect(await bot.Environments.show(project, staging?.id ?? 0)).toMatchObject({
      tier: 'staging',
      last_deployment: { id: running.id },
    });
    await expect(bot.Projects.show('shop/backend')).rejects.toMatchObject(refusal(404, '404 Project Not Found'));
  });

  test('adds a hook that is told of the next deployments', async () => {
    await reviewer.gitlab.ProjectHooks.add(project, receiver.url, { token: 'between us', deploymentEvents: true });
    const { id } = await deploy(bot, 'review/fix-1', { version: '1.8.2' });
    await expect.poll(() => receiver.received.length).toBe(1);
    expect(receiver.received[0]).toMatchObject({
      headers: { 'x-gitlab-event': 'Deployment Hook', 'x-gitlab-token': 'between us' },
      json: {
        object_kind: 'deployment',
        status: 'running',
        deployment_id: id,
        environment: 'review/fix-1',
        short_sha: sha.slice(0, 8),
        project: { path_with_namespace: project },
      },
    });
  });

  test('protects production, where a deployment waits until somebody else approves it', async () => {
    const rules = { approvalRules: [{ accessLevel: AccessLevel.MAINTAINER, requiredApprovals: 1 }] };
    const levels = [{ accessLevel: AccessLevel.DEVELOPER }];
    // It sends the path of a project as it is here, where GitLab wants it encoded; the number works.
    const { id: number } = await bot.Projects.show(project);
    // Its types want all kinds of entries at once; GitLab wants one of them.
    await reviewer.gitlab.ProjectProtectedEnvironments.create(number, 'production', levels as never, rules as never);
    expect(await reviewer.gitlab.ProjectProtectedEnvironments.all(number)).toMatchObject([{ name: 'production' }]);
    const waiting = await deploy(bot, 'production');
    expect(waiting).toMatchObject({ status: 'blocked', pending_approval_count: 1 });
    await expect(bot.Deployments.edit(project, waiting.id, 'running')).rejects.toMatchObject(
      refusal(403, '403 Forbidden - The deployment waits for 1 more approval'),
    );
    await expect(developer.gitlab.Deployments.setApproval(project, waiting.id, 'approved')).rejects.toMatchObject({
      cause: { description: expect.stringContaining("You don't have permission to approve this deployment") },
    });
    const comment = 'Looks good';
    expect(await reviewer.gitlab.Deployments.setApproval(project, waiting.id, 'approved', { comment })).toMatchObject({
      status: 'approved',
      comment,
      user: { username: reviewer.username },
    });
    expect(await bot.Deployments.show(project, waiting.id)).toMatchObject({ status: 'running' });
    expect(await bot.Deployments.edit(project, waiting.id, 'success')).toMatchObject({ status: 'success' });
    await expect.poll(() => receiver.received.map(({ json }) => json['status'])).toContain('success');
  });

  test('rejects what shall not go out', async () => {
    const { id } = await deploy(bot, 'production');
    await reviewer.gitlab.Deployments.setApproval(project, id, 'rejected', { comment: 'Not today' });
    expect(await bot.Deployments.show(project, id)).toMatchObject({ status: 'failed' });
    await expect(bot.Deployments.edit(project, id, 'running')).rejects.toMatchObject({
      cause: { description: '{"status":["cannot transition via \\"run\\""]}' },
    });
  });

  test('freezes the project over the weekend', async () => {
    const cron = ['0 16 * * 5', '0 7 * * 1'] as const;
    await expect(developer.gitlab.FreezePeriods.create(project, ...cron)).rejects.toMatchObject(
      refusal(403, '403 Forbidden'),
    );
    const period = await reviewer.gitlab.FreezePeriods.create(project, ...cron, { cronTimezone: 'Europe/Berlin' });
    now = saturday;
    await expect(deploy(bot, 'staging')).rejects.toMatchObject({
      cause: { description: expect.stringContaining('Frozen until 2026-06-08T05:00:00.000Z') },
    });
    expect(await deploy(bot, 'staging', { status: 'success' })).toMatchObject({ status: 'success' });
    await reviewer.gitlab.FreezePeriods.remove(project, period.id);
    expect(await deploy(bot, 'staging')).toMatchObject({ status: 'running' });
  });

  test('walks all pages of a list', async () => {
    for (let count = 0; count < 7; count += 1) await deploy(bot, `walk/${count}`, { status: 'failed' });
    const walked = await bot.Deployments.all(project, { perPage: 3, orderBy: 'id', sort: 'desc' });
    expect(walked.length).toBeGreaterThan(10);
    expect(walked.map(({ iid }) => iid)).toEqual(walked.map((_, index) => walked.length - index));
    const page = await bot.Deployments.all(project, { perPage: 3, page: 2, showExpanded: true });
    expect(page.data.map(({ iid }) => iid)).toEqual([4, 5, 6]);
    expect(page.paginationInfo).toMatchObject({ current: 2, next: 3, previous: 1, total: walked.length });
    const updated = await bot.Deployments.all(project, {
      orderBy: 'updated_at',
      updatedAfter: new Date(saturday).toISOString(),
      environment: 'walk/3',
    });
    expect(updated).toHaveLength(1);
  });

  test('ends a token, and takes everything away again', async () => {
    const [token] = await reviewer.gitlab.ProjectAccessTokens.all(project);
    await reviewer.gitlab.ProjectAccessTokens.revoke(project, token?.id ?? 0);
    await expect(bot.Deployments.all(project)).rejects.toMatchObject(refusal(401, 'invalid_token'));
    await expect(developer.gitlab.Projects.remove(project)).rejects.toMatchObject(refusal(403, '403 Forbidden'));
    await admin.Projects.remove(project);
    await expect(admin.Projects.show(project)).rejects.toMatchObject(refusal(404, '404 Project Not Found'));
  });
});
