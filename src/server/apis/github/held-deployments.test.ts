import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askGitHub } from '../../../../test/github/checked-answers.ts';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { type HookedRepository, hookedRepository } from '../../../../test/support/hooked-repository.ts';
import { join, type Person, person } from '../../../../test/support/people.ts';

interface Shown {
  readonly state?: string;
  readonly status?: string;
  readonly items?: readonly object[];
}

const repository = '/repos/acme/widget';
const sha = 'a91957a858320c0e17f3a0eca7cfacbff50ea29a';

describe.each(databases)('a deployment that waits for approvals, asked for by GitHub’s API on $name', ({ name }) => {
  let stage: HookedRepository;
  let reviewer: Person;
  let environments = 0;
  let now = Date.parse('2026-06-03T12:00:00Z');
  beforeAll(async () => {
    stage = await hookedRepository({ database: name, clock: () => now });
    reviewer = await person(stage.server, 'reviewer');
    await join(stage.server, 'project', 'acme/widget', reviewer, 'developer');
    await stage.hookTo(stage.receiver.url, { events: ['deployment', 'deployment_status'] });
    await stage.told();
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  /** To an environment of its own that the reviewer guards. */
  async function waiting(): Promise<{ readonly id: number; readonly environment: string }> {
    environments += 1;
    const environment = `guarded-${environments}`;
    const body = { reviewers: [{ type: 'User', id: reviewer.id }] };
    await askGitHub(stage.server, `PUT ${repository}/environments/${environment}`, { body });
    now += 1000;
    return { id: await stage.deploy({ environment, sha }), environment };
  }
  const tell = (id: number, state: string) => {
    now += 1000;
    return stage.tell(id, state);
  };
  const statesOf = async (id: number) =>
    (await askGitHub<{ state: string }[]>(stage.server, `GET ${repository}/deployments/${id}/statuses`)).body.map(
      ({ state }) => state,
    );
  const asReviewer = (request: `${'GET' | 'POST'} /${string}`, body?: object) =>
    ask<Shown>(stage.server, request, { token: reviewer.token, ...(body ? { body } : {}) });
  const inGitLab = async (id: number) =>
    (await asReviewer(`GET /api/v4/projects/acme%2Fwidget/deployments/${id}`)).body.status;
  const events = async () => (await stage.told()).map(({ headers }) => headers['x-github-event']);
  const approve = (id: number) => {
    now += 1000;
    return asReviewer(`POST /api/approvals/${id}`, { decision: 'approve' });
  };

  test.each(['pending', 'queued'])('goes on waiting when its tool says at once that it is %s', async (state) => {
    const { id, environment } = await waiting();
    await tell(id, state);
    expect(await statesOf(id)).toEqual([state]);
    expect(await inGitLab(id)).toBe('blocked');
    expect((await asReviewer(`GET /api/approvals/${id}`)).body.state).toBe('pending');
    expect((await asReviewer('GET /api/approvals')).body.items).toHaveLength(1);
    const { items } = await stage.server.client.deployments({ environment });
    expect(items[0]).toMatchObject({ status: 'waiting' });
    expect(await events()).toEqual(['deployment_status']);
    expect(await approve(id)).toMatchObject({ status: 200, body: { state: 'approved' } });
    expect(await events()).toEqual(['deployment']);
    expect(await inGitLab(id)).toBe('created');
    expect(await statesOf(id)).toEqual([state]);
  });

  test('goes on waiting when a check of its commit is pending, whose context stands for it', async () => {
    const { id, environment } = await waiting();
    const body = { state: 'pending', context: `deploy/${environment}` };
    expect((await askGitHub(stage.server, `POST ${repository}/statuses/${sha}`, { body })).status).toBe(201);
    expect([await statesOf(id), await inGitLab(id)]).toEqual([['pending'], 'blocked']);
    await events();
    await approve(id);
    expect(await events()).toEqual(['deployment']);
  });

  test('is handed to its tool, too, when its environment asks for approvals no more', async () => {
    const { id, environment } = await waiting();
    await tell(id, 'pending');
    await events();
    await askGitHub(stage.server, `PUT ${repository}/environments/${environment}`, { body: { reviewers: null } });
    await stage.server.context.releases.afterChange(undefined);
    expect(await events()).toEqual(['deployment']);
  });

  test.each<readonly [string, string]>([
    ['in_progress', 'running'],
    ['failure', 'failed'],
  ])('waits no more once its tool says %s', async (state, shown) => {
    const { id } = await waiting();
    await tell(id, 'pending');
    await tell(id, state);
    expect([await inGitLab(id), (await approve(id)).status]).toEqual([shown, 409]);
    await events();
  });

  test('made by GitLab’s API runs once it is approved, whatever was said of it by GitHub’s', async () => {
    const { environment } = await waiting();
    const project = '/api/v4/projects/acme%2Fwidget';
    const body = { environment, sha, ref: 'main', tag: false, status: 'running' };
    const { id } = (await ask<{ id: number }>(stage.server, `POST ${project}/deployments`, { body })).body;
    await tell(id, 'pending');
    await events();
    await approve(id);
    expect([await inGitLab(id), await events()]).toEqual(['running', ['deployment_status']]);
  });
});
