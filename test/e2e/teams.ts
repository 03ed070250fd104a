import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { PeopleClient } from '../../src/client/people-client.ts';
import { launchBrowser } from '../support/browser.ts';
import { join, type Person, person, privateProject } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { contextOf, signedInContext } from './signed-in-page.ts';

/** A server with people, and groups of theirs. */
export interface Teams extends AsyncDisposable {
  readonly server: TestServer;
  readonly people: PeopleClient;
  readonly staff: Readonly<Record<'owner' | 'maintainer' | 'developer' | 'stranger', Person>>;
  /** The administrator's. */
  readonly admin: BrowserContext;
  browserOf(who: Pick<Person, 'token'>, options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A browser in which nobody has signed in. */
  freshBrowser(): Promise<BrowserContext>;
  /** Makes a private group with an owner, and in it a project with a maintainer and a developer. */
  team(): Promise<Team>;
}

interface Team {
  readonly group: string;
  readonly project: string;
}

export async function startTeams(): Promise<Teams> {
  const [browser, server]: [Browser, TestServer] = await Promise.all([
    launchBrowser(),
    startTestServer({ trustProxy: true }),
  ]);
  const staff = {
    owner: await person(server, 'olga.owns', { name: 'Olga Owns' }),
    maintainer: await person(server, 'mia.maintains', { name: 'Mia Maintains' }),
    developer: await person(server, 'dana.deploys', { name: 'Dana Deploys' }),
    stranger: await person(server, 'sam.strange', { name: 'Sam Strange' }),
  };
  let teams = 0;
  return {
    server,
    people: new PeopleClient(server.client.requests),
    staff,
    admin: await signedInContext(browser, server),
    browserOf: (who, options) => contextOf(browser, server, who, options),
    freshBrowser: () => browser.newContext({ baseURL: server.url }),
    async team() {
      teams += 1;
      const group = `team-${teams}`;
      const project = `${group}/app`;
      await privateProject(server, project);
      await join(server, 'group', group, staff.owner, 'owner');
      await join(server, 'project', project, staff.maintainer, 'maintainer');
      await join(server, 'project', project, staff.developer, 'developer');
      return { group, project };
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server.stop();
    },
  };
}

export function groupPage(path: string): string {
  return `/settings/groups/${encodeURIComponent(path)}`;
}

export function membersPage(project: string): string {
  return `/projects/${encodeURIComponent(project)}/settings/members`;
}
