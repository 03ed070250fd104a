import { expect, vi } from 'vitest';
import type { ShiplogClient } from '../../src/client/shiplog-client.ts';
import { report } from '../support/factories.ts';
import { type GitRepository, makeGitRepository } from '../support/git-repository.ts';
import type { TestServer } from '../support/server.ts';

export interface TrackedProject extends AsyncDisposable {
  readonly path: string;
  readonly git: GitRepository;
  /** Makes a branch with one commit and merges it, so many minutes ago; answers the merge commit. */
  merge(number: number, title: string, minutesAgo?: number, author?: string): Promise<string>;
  /** Records that a commit runs in an environment now, or did so many minutes ago. */
  deploy(environment: string, version: string, sha: string, minutesAgo?: number): Promise<void>;
}

/** In whole seconds, as git's moments are. */
const ago = (minutes: number) => new Date((Math.floor(Date.now() / 1000) - minutes * 60) * 1000).toISOString();

/** A project with a git repository of its own on this machine, not connected yet. */
export async function projectWithGit({ client }: Pick<TestServer, 'client'>, path: string): Promise<TrackedProject> {
  const git = await makeGitRepository();
  const [service = path, namespace = ''] = path.split('/').reverse();
  return {
    path,
    git,
    async merge(number, title, minutesAgo = 10_000 - number, author = 'Mia Maintains') {
      const authoredAt = ago(minutesAgo + 30);
      const before = await git.commit(`Prepare for ${title}`, { authoredAt, files: { 'notes.txt': title } });
      const [, sha = ''] = await git.write([
        { as: 'work', message: title, author, authoredAt, parents: [before], files: { [`${number}.txt`]: title } },
        {
          message: `Merge branch 'branch-${number}' into 'main'\n\n${title}\n\nSee merge request ${path}!${number}`,
          parents: [before, 'work'],
          branch: 'main',
          authoredAt: ago(minutesAgo),
        },
      ]);
      return sha;
    },
    async deploy(environment, version, sha, minutesAgo = 0) {
      const deployment_id = `${version}-${environment}-${minutesAgo}`;
      await client.record(
        report({ namespace, service, environment, version, sha, deployment_id, happened_at: ago(minutesAgo) }),
      );
    },
    [Symbol.asyncDispose]: () => git[Symbol.asyncDispose](),
  };
}

/**
 * A project whose changes are in each state: !2 is live everywhere, !3 was rolled back in production, !4 waits in
 * staging, !5 is reverted in staging, and !6 was never deployed.
 */
export async function trackProject(server: Pick<TestServer, 'client'>, path: string): Promise<TrackedProject> {
  const project = await projectWithGit(server, path);
  const { merge, deploy, git } = project;
  const first = await merge(1, 'Lay the foundation of the order service', 9500);
  const second = await merge(2, 'Round half up in the basket total', 7600, 'Dana Deploys');
  const third = await merge(3, 'Retry the payment once the bank answers 503', 5300);
  const fourth = await merge(
    4,
    'Show the delivery date of each parcel in the order overview, also of those that are split',
    3300,
    'Rosa Reviews',
  );
  const fifth = await merge(5, 'Let a customer pay by invoice', 2900, 'Dana Deploys');
  const revert = await git.commit(
    `Revert "Let a customer pay by invoice"\n\nThis reverts commit ${fifth}, reversing\nchanges made to ${fourth}.`,
    { authoredAt: ago(1300) },
  );
  await merge(6, 'Bump the http client to 4.2', 300);
  await deploy('staging', '1.0.0', first, 9000);
  await deploy('production', '1.0.0', first, 8800);
  await deploy('staging', '1.1.0', second, 7000);
  await deploy('production', '1.1.0', second, 6500);
  await deploy('staging', '1.2.0', third, 5000);
  await deploy('production', '1.2.0', third, 4500);
  await deploy('production', '1.1.0', second, 4000);
  await deploy('staging', '1.3.0', fifth, 2500);
  await deploy('staging', '1.3.1', revert, 1200);
  await connect(server.client, project);
  const linked = async () => {
    const { ladder } = await server.client.change(path, 3);
    return ladder.every(({ first: deployment }) => deployment !== null);
  };
  await vi.waitFor(async () => expect(await linked()).toBe(true), { timeout: 30_000 });
  return project;
}

/** Connects the repository of a project, and waits until it was read. */
export async function connect(client: ShiplogClient, { path, git }: TrackedProject): Promise<void> {
  await client.setRepository(path, { url: git.path });
  const read = async () => {
    const { items } = await client.changes({ project: path });
    return items.some(({ environments }) => environments.some(({ state }) => state === 'live'));
  };
  await vi.waitFor(async () => expect(await read()).toBe(true), { timeout: 30_000 });
}
