import { expect, vi } from 'vitest';
import type { ChangeDetails } from '../../src/contract/changes.ts';
import { type GitRepository, makeGitRepository } from './git-repository.ts';
import { startTestServer, type TestServer, type TestServerOptions } from './server.ts';

export const cart = 'shop/cart';

/** A project with a repository of three merged changes, deployed to staging and production. */
export interface TrackedShop extends AsyncDisposable {
  readonly server: TestServer;
  readonly repository: GitRepository;
  /** Of the first commit, the merges of !1 to !3, and the one commit that !3 brought. */
  readonly shas: Readonly<Record<'start' | 'cards' | 'receipts' | 'total' | 'totalOwn', string>>;
  /** Reports that a commit is live, `minutes` after the first deployment, and answers the deployment's number. */
  deploy(environment: string, version: string, sha: string, minutes: number): Promise<number>;
  /** Connects a repository to a project, and waits until it was read. */
  connect(project: string, path?: string): Promise<void>;
  /** Waits until a change has come to environments as described: `staging live`. */
  until(number: number, expected: readonly string[]): Promise<ChangeDetails>;
}

const patience = { timeout: 30_000, interval: 50 };
/** Before anything that tests may wait for. */
export const firstDeployedAt = Date.parse('2026-03-01T08:00:00Z');

export function minutesAfter(minutes: number): string {
  return new Date(firstDeployedAt + minutes * 60_000).toISOString().replace('.000Z', 'Z');
}

/** staging has what production has and !2 and !3 besides: 1.1.0 there, 1.0.0 here. */
export async function trackedShop(options: TestServerOptions = {}): Promise<TrackedShop> {
  const repository = await makeGitRepository();
  const server = await startTestServer({ repositoryPaths: [repository.folder], ...options });
  const shas = await writeHistory(repository);
  const deploy = deployer(server);
  const connect = async (project: string, path = '') => {
    await server.client.setRepository(project, { url: repository.path, path });
    const fetched = async () => (await server.client.repository(project)).repository?.fetched_at ?? null;
    await vi.waitFor(async () => expect(await fetched()).not.toBeNull(), patience);
  };
  const until = async (number: number, expected: readonly string[]) => {
    const places = async () => (await server.client.change(cart, number)).ladder.map(wordOf);
    await vi.waitFor(async () => expect(await places()).toEqual(expected), patience);
    return server.client.change(cart, number);
  };
  await deploy('staging', '0.9.0', shas.start, 0);
  await deploy('production', '0.9.0', shas.start, 5);
  await connect(cart);
  await deploy('staging', '1.0.0', shas.cards, 60);
  await deploy('production', '1.0.0', shas.cards, 120);
  await deploy('staging', '1.1.0', shas.total, 180);
  await until(3, ['staging live since 1.1.0', 'production never']);
  await until(1, ['staging live since 1.0.0', 'production live since 1.0.0']);
  return {
    server,
    repository,
    shas,
    deploy,
    connect,
    until,
    async [Symbol.asyncDispose]() {
      await server.stop();
      await repository[Symbol.asyncDispose]();
    },
  };
}

function wordOf({ environment, state, first }: ChangeDetails['ladder'][number]): string {
  return [environment, state, ...(first ? ['since', first.version] : [])].join(' ');
}

function deployer({ client }: TestServer): TrackedShop['deploy'] {
  return async (environment, version, sha, minutes) => {
    const event = await client.record({
      deployment_id: `${environment}-${version}-${minutes}`,
      namespace: 'shop',
      service: 'cart',
      environment,
      status: 'success',
      version,
      sha,
      happened_at: minutesAfter(minutes),
    });
    return event.deployment_number;
  };
}

async function writeHistory(repository: GitRepository): Promise<TrackedShop['shas']> {
  const merge = (branch: string, title: string, number: number) =>
    `Merge branch '${branch}' into 'main'\n\n${title}\n\nSee merge request shop/cart!${number}`;
  const [start = '', , cards = '', , , receipts = '', totalOwn = '', total = ''] = await repository.write([
    { as: 'start', message: 'Start the shop', files: { 'cart/start': '1' } },
    { as: 'c', parents: ['start'], message: 'Accept cards', author: 'Maya Meyer', files: { 'cart/cards': '1' } },
    {
      as: 'm1',
      parents: ['start', 'c'],
      message: merge('cards', 'PAY-311: Take cards', 1),
      files: { 'cart/cards': '1' },
    },
    { as: 'r1', parents: ['m1'], message: 'Write receipts', author: 'Tom Toda', files: { 'cart/receipts': '1' } },
    { as: 'r2', parents: ['r1'], message: 'Send receipts', author: 'Tom Toda', files: { 'cart/receipts': '2' } },
    {
      as: 'm2',
      parents: ['m1', 'r2'],
      message: merge('receipts', 'Send receipts', 2),
      files: { 'cart/receipts': '2' },
    },
    { as: 't', parents: ['m2'], message: 'Show the total', author: 'Maya Meyer', files: { 'cart/total': '1' } },
    {
      parents: ['m2', 't'],
      message: merge('total', 'Show the total', 3),
      files: { 'cart/total': '1' },
      branch: 'main',
    },
  ]);
  return { start, cards, receipts, total, totalOwn };
}
