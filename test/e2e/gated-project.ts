import type { Browser, BrowserContext } from 'playwright-core';
import { ask } from '../support/ask.ts';
import { launchBrowser } from '../support/browser.ts';
import { report } from '../support/factories.ts';
import { join, type Person, person } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { contextOf } from './signed-in-page.ts';

/** A server with people, projects of theirs that may be protected and frozen, and a browser for each of them. */
export interface GatedWorld extends AsyncDisposable {
  readonly browser: Browser;
  readonly server: TestServer;
  readonly people: Readonly<Record<'maintainer' | 'developer' | 'approver' | 'reader', Person>>;
  /** Makes one with something in staging and production; the reader is no member of it. */
  project(): Promise<string>;
  /** A browser profile in Berlin, signed in by a token. */
  browserOf(who: Pick<Person, 'token'>): Promise<BrowserContext>;
  /** Asks as the developer, by GitLab's API, to run a deployment to production. */
  deploy(
    path: string,
  ): ReturnType<typeof ask<{ readonly id: number; readonly status: string; readonly message: string }>>;
}

export async function startGatedWorld(): Promise<GatedWorld> {
  const [browser, server]: [Browser, TestServer] = await Promise.all([launchBrowser(), startTestServer()]);
  const people = {
    maintainer: await person(server, 'mia.maintains', { name: 'Mia Maintains' }),
    developer: await person(server, 'dana.deploys', { name: 'Dana Deploys' }),
    approver: await person(server, 'ada.approves', { name: 'Ada Approves' }),
    reader: await person(server, 'rob.reads', { name: 'Rob Reads' }),
  };
  let services = 0;
  return {
    browser,
    server,
    people,
    async project() {
      services += 1;
      const service = `checkout-${services}`;
      for (const environment of ['staging', 'production'])
        await server.client.record(report({ namespace: 'acme', service, environment, version: '1.0.0' }));
      await join(server, 'project', `acme/${service}`, people.maintainer, 'maintainer');
      for (const who of ['developer', 'approver'] as const)
        await join(server, 'project', `acme/${service}`, people[who], 'developer');
      return `acme/${service}`;
    },
    browserOf: (who) => contextOf(browser, server, who, { timezoneId: 'Europe/Berlin' }),
    deploy: (path) =>
      ask(server, `POST /api/v4/projects/${encodeURIComponent(path)}/deployments`, {
        token: people.developer.token,
        body: { environment: 'production', sha: 'c0ffee', ref: 'main', tag: false, status: 'running' },
      }),
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server.stop();
    },
  };
}

/** The page with the protections or the freeze periods of a project. */
export function settingsOf(path: string, what: 'protection' | 'freezes'): string {
  return `/projects/${encodeURIComponent(path)}/settings/${what}`;
}
