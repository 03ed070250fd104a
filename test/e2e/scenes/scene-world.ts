import { tmpdir } from 'node:os';
import type { BrowserContext } from 'playwright-core';
import { launchBrowser } from '../../support/browser.ts';
import { report } from '../../support/factories.ts';
import { group, join, type Person, person } from '../../support/people.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { fleet } from '../fleet.ts';
import { type HookedProject, hookProject } from '../hooked-project.ts';
import { approvers, askToDeploy, protectProduction, type Team, team } from '../protected-lane.ts';
import { desktop, signedInContext, telephone } from '../signed-in-page.ts';
import { type TrackedProject, trackProject } from '../tracked-project.ts';

/**
 * `admin` has the server's admin token; `maintainer` and `developer` are people with that level in the group `commerce`;
 * `newcomer` administers a server that was told of nothing yet; `nobody` is not signed in.
 */
export type Viewer = 'admin' | 'maintainer' | 'developer' | 'newcomer' | 'nobody';

export const widths = { 1440: desktop, 390: telephone } as const;
export type Width = keyof typeof widths;

/** What scenes are looked at in: a fleet, and in it a project with webhooks, one with a repository, and one protected. */
export interface SceneWorld extends AsyncDisposable {
  readonly server: TestServer;
  readonly empty: TestServer;
  /** `commerce/checkout` */
  readonly hooked: HookedProject;
  /** `commerce/orders` */
  readonly tracked: TrackedProject;
  readonly team: Team;
  readonly maintainer: Person;
  /** The viewer's browser at a width. It is made once, and ends with the world. */
  browserOf(viewer: Viewer, width: Width): Promise<BrowserContext>;
}

export async function startSceneWorld(): Promise<SceneWorld> {
  const [browser, server, empty] = await Promise.all([
    launchBrowser(),
    startTestServer({ webhookAllowedHosts: ['127.0.0.1'], repositoryPaths: [tmpdir()] }),
    startTestServer(),
  ]);
  await server.client.recordBatch(fleet(Date.now()));
  const hooked = await hookProject(server, 'commerce/checkout');
  const tracked = await trackProject(server, 'commerce/orders');
  const people = await team(server);
  const maintainer = await person(server, 'mia.maintains', { name: 'Mia Maintains' });
  await group(server, 'commerce');
  await join(server, 'group', 'commerce', maintainer, 'maintainer');
  await join(server, 'group', 'commerce', people.deployer, 'developer');
  await protect(server, people);
  const seats = new Map<string, Promise<BrowserContext>>();
  const tokens = { admin: server.adminToken, maintainer: maintainer.token, developer: people.deployer.token };
  const signedIn = (viewer: 'admin' | 'maintainer' | 'developer') => ({ url: server.url, adminToken: tokens[viewer] });
  const doors = {
    admin: signedIn('admin'),
    maintainer: signedIn('maintainer'),
    developer: signedIn('developer'),
    newcomer: empty,
  };
  const sit = (viewer: Viewer, width: Width) => {
    const look = { viewport: widths[width], reducedMotion: 'reduce', colorScheme: 'light' } as const;
    if (viewer === 'nobody') return browser.newContext({ baseURL: server.url, ...look });
    return signedInContext(browser, doors[viewer], look);
  };
  return {
    server,
    empty,
    hooked,
    tracked,
    team: people,
    maintainer,
    browserOf(viewer, width) {
      const name = `${viewer} at ${width}`;
      const seat = seats.get(name) ?? sit(viewer, width);
      seats.set(name, seat);
      return seat;
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await Promise.all([server.stop(), empty.stop(), hooked[Symbol.asyncDispose](), tracked[Symbol.asyncDispose]()]);
    },
  };
}

/** Two projects whose production waits for approvals, half of them given. */
async function protect(server: TestServer, { deployer, approver }: Team): Promise<void> {
  const board = await approvers(server, 'release-board', [approver]);
  for (const [namespace, service, version] of [
    ['commerce', 'checkout', '1.25.0'],
    ['platform', 'gateway', '1.31.0'],
  ] as const) {
    const lane = { namespace, service };
    await protectProduction(server, lane, [{ group_id: board, required_approvals: 2 }, { access_level: 40 }]);
    const number = await askToDeploy(server, deployer, lane, version);
    await server
      .clientOf(approver.token)
      .decide(number, { decision: 'approve', comment: 'The smoke tests are green.' });
  }
  await server.client.record(report({ namespace: 'platform', service: 'gateway', version: '1.30.9' }));
}
