import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases } from '../support/databases.ts';
import { type GitRepository, makeGitRepository } from '../support/git-repository.ts';
import { adminOf, newPerson, type Person } from '../support/gitlab-people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const project = 'shop/checkout';
const begin = Date.parse('2026-06-01T08:00:00Z');
const hour = 60 * 60_000;

describe.each(databases)('gitbeaker, asking where merge requests are, on $name', ({ name }) => {
  let server: TestServer;
  let repository: GitRepository;
  let admin: ReturnType<typeof adminOf>;
  let developer: Person;
  let outsider: Person;
  let now = begin;
  const deployed = new Map<string, number>();
  beforeAll(async () => {
    repository = await makeGitRepository();
    server = await startTestServer({ database: name, clock: () => now, repositoryPaths: [repository.folder] });
    admin = adminOf(server);
    developer = await newPerson(server, 'dev');
    outsider = await newPerson(server, 'outsider');
    const shop = await admin.Groups.create('Shop', 'shop');
    await admin.Projects.create({ name: 'Checkout', path: 'checkout', namespaceId: shop.id });
    await admin.ProjectMembers.add(project, 30, { userId: developer.id });
    const shas = await repository.write([
      { message: 'Begin', as: 'root', files: { a: '0' }, branch: 'main' },
      { message: 'One (#1)', as: 'one', parents: ['root'], files: { a: '1' }, branch: 'main' },
      { message: 'Two (#2)', as: 'two', parents: ['one'], files: { a: '2' }, branch: 'main' },
      { message: 'Three (#3)', as: 'three', parents: ['two'], files: { a: '3' }, branch: 'main' },
    ]);
    await server.client.setRepository(project, { url: repository.path });
    const deploy = async (environment: string, step: number) => {
      now += hour;
      const sha = shas[step] ?? '';
      const made = await developer.gitlab.Deployments.create(project, environment, sha, 'main', false, {
        status: 'success',
      });
      deployed.set(`${environment} ${step}`, made.id);
    };
    await deploy('staging', 0);
    await deploy('production', 0);
    await deploy('staging', 2);
    await deploy('production', 1);
    await deploy('staging', 3);
    await server.context.repositoryWork.fetcher.runOnce();
    await server.context.tracker.runOnce();
  });
  afterAll(async () => {
    await server.stop();
    await repository[Symbol.asyncDispose]();
  });

  const at = (hours: number) => new Date(begin + hours * hour).toISOString();
  const numbers = async (options: object) => {
    const all = await developer.gitlab.MergeRequests.all({ projectId: project, ...options });
    return all.map(({ iid }) => iid).sort();
  };

  test('finds them by environment and by when they were deployed there', async () => {
    expect(await numbers({})).toEqual([1, 2, 3]);
    expect(await numbers({ environment: 'staging' })).toEqual([1, 2, 3]);
    expect(await numbers({ environment: 'production' })).toEqual([1]);
    expect(await numbers({ environment: 'staging', deployedAfter: at(3) })).toEqual([3]);
    expect(await numbers({ environment: 'staging', deployedBefore: at(5) })).toEqual([1, 2]);
    expect(await numbers({ environment: 'production', deployedAfter: at(4) })).toEqual([]);
    expect(await numbers({ deployedAfter: at(3), deployedBefore: at(5) })).toEqual([1]);
  });

  test('finds those of a deployment; the first one of an environment ships none', async () => {
    const of = async (key: string) => {
      const shipped = await developer.gitlab.Deployments.allMergeRequests(project, deployed.get(key) ?? 0);
      return shipped.map(({ iid }) => iid).sort();
    };
    expect(await of('staging 0')).toEqual([]);
    expect(await of('staging 2')).toEqual([1, 2]);
    expect(await of('staging 3')).toEqual([3]);
    expect(await of('production 1')).toEqual([1]);
  });

  test('shows one, with when it first was in production', async () => {
    const shown = await developer.gitlab.MergeRequests.show(project, 1);
    expect(shown).toMatchObject({ iid: 1, title: 'One', state: 'merged', first_deployed_to_production_at: at(4) });
  });

  test('finds those of a group, and nothing that somebody may not see', async () => {
    const ofGroup = await admin.MergeRequests.all({ groupId: 'shop', environment: 'production' });
    expect(ofGroup.map(({ iid }) => iid)).toEqual([1]);
    expect(await outsider.gitlab.MergeRequests.all({ scope: 'all' })).toEqual([]);
    await expect(outsider.gitlab.MergeRequests.show(project, 1)).rejects.toMatchObject({
      cause: { description: '404 Project Not Found' },
    });
  });

  test('tells of one that neither a forge nor a commit tells of', async () => {
    const made = await developer.gitlab.MergeRequests.create(project, 'hotfix', 'main', 'By hand', {
      labels: 'urgent',
    });
    expect(made).toMatchObject({ iid: 4, state: 'opened', labels: ['urgent'] });
    now += hour;
    const closed = await developer.gitlab.MergeRequests.edit(project, made.iid, { stateEvent: 'close' });
    expect(closed).toMatchObject({ iid: 4, state: 'closed' });
  });
});
