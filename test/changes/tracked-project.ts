import type { DeploymentReport } from '../../src/contract/deployment-event.ts';
import { ask } from '../support/ask.ts';
import { report } from '../support/factories.ts';
import type { GitRepository } from '../support/git-repository.ts';
import type { TestServer } from '../support/server.ts';

/** What is deployed, by the name of its environment; at a minute of 1 March 2026 unless it says when. */
interface Shipped {
  readonly environment?: string;
  readonly sha?: string | undefined;
  readonly ref?: string | undefined;
  readonly version?: string | undefined;
  readonly minute?: number;
  readonly at?: string;
  readonly status?: DeploymentReport['status'];
}

/** A project with a repository, as its users see it. */
export interface TrackedProject {
  readonly name: string;
  /** Tells of a merged change as a tool does. */
  merged(number: number, told?: Readonly<Record<string, string>>): Promise<void>;
  /** Reads the repository, if it is due, and links all that is due. */
  settle(): Promise<void>;
  /** Tells of one deployment, and links; answers its number. */
  ship(shipped: Shipped): Promise<number>;
  /** Tells of many at once, and links. */
  shipAll(all: readonly Shipped[]): Promise<void>;
  /** The changes that a deployment shipped first, as `!1 !2`. */
  shippedBy(deployment: number): Promise<string>;
  /** Each deployment of an environment with what it shipped first, in the order in which they succeeded; none is left out. */
  links(environment: string): Promise<string[]>;
  /** Whether a change is in an environment now. */
  state(number: number, environment?: string): Promise<string>;
  /** What one deployment did. */
  effects(deployment: number): Promise<Effects>;
}

interface Effects {
  readonly kind: string;
  readonly ships: readonly number[];
  readonly takesOut: readonly number[];
  readonly bringsBack: readonly number[];
  readonly reverts: readonly number[];
}

interface MergeRequest {
  readonly iid: number;
}

let made = 0;

/** Connects a repository to a new project. */
export async function trackProject(
  server: TestServer,
  remote: Pick<GitRepository, 'path'>,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<TrackedProject> {
  made += 1;
  const name = `tracked-${made}`;
  await server.client.record(report({ service: name, environment: 'elsewhere', status: 'failure' }));
  const connect = await ask(server, `PUT /api/repository?project=${name}`, { body: { url: remote.path, ...settings } });
  if (connect.status !== 200) throw new Error(connect.text);
  const project = existingProject(server, name);
  await project.settle();
  return project;
}

/** The same for a project that is there. */
export function existingProject(server: TestServer, name: string): TrackedProject {
  const settle = async () => {
    const { repositoryWork, tracker } = server.context;
    await repositoryWork.fetcher.runOnce();
    await tracker.runOnce();
  };
  const shippedBy = async (deployment: number) => {
    const { body } = await ask<MergeRequest[]>(
      server,
      `GET /api/v4/projects/${name}/deployments/${deployment}/merge_requests?per_page=100&sort=asc`,
    );
    return body
      .map(({ iid }) => iid)
      .toSorted((a, b) => a - b)
      .map((iid) => `!${iid}`)
      .join(' ');
  };
  return {
    name,
    settle,
    shippedBy,
    async merged(iid, told = {}) {
      const body = { iid, title: `Change ${iid}`, source_branch: 'feature', target_branch: 'main', ...told };
      const { status, text } = await ask(server, `POST /api/v4/projects/${name}/merge_requests`, {
        body: { state: 'merged', ...body },
      });
      if (status !== 201) throw new Error(text);
      await settle();
    },
    async ship(shipped) {
      await server.client.record(reportOf(name, shipped));
      await server.context.tracker.runOnce();
      return newest(server, name);
    },
    async shipAll(all) {
      await server.client.recordBatch(all.map((shipped) => reportOf(name, shipped)));
      await server.context.tracker.runOnce();
    },
    async links(environment) {
      const { body } = await ask<{ id: number; ref: string }[]>(
        server,
        `GET /api/v4/projects/${name}/deployments?environment=${environment}&per_page=100&order_by=finished_at&sort=asc&status=success`,
      );
      const links: string[] = [];
      for (const { id } of body) links.push(await shippedBy(id));
      return links;
    },
    async state(number, environment = 'production') {
      const { body } = await ask<{ ladder: { environment: string; state: string }[] }>(
        server,
        `GET /api/changes/${number}?project=${name}`,
      );
      return body.ladder.find((rung) => rung.environment === environment)?.state ?? 'not there';
    },
    async effects(deployment) {
      const { body } = await ask<Record<string, unknown>>(server, `GET /api/deployments/${deployment}/changes`);
      return effectsOf(body);
    },
  };
}

function reportOf(service: string, shipped: Shipped): DeploymentReport {
  const { minute = 0, at, environment = 'production', status, sha, ref, version } = shipped;
  const happened_at = at ?? new Date(Date.UTC(2026, 2, 1, 0, minute)).toISOString();
  const { version: _, ...base } = report({ service, environment, status: status ?? 'success', happened_at });
  const what = Object.entries({ sha, ref, version }).filter(([, value]) => value !== undefined);
  return { ...base, ...Object.fromEntries(what) };
}

async function newest(server: TestServer, name: string): Promise<number> {
  const { body } = await ask<{ id: number }[]>(
    server,
    `GET /api/v4/projects/${name}/deployments?order_by=id&sort=desc&per_page=1`,
  );
  return body[0]?.id ?? 0;
}

function effectsOf(body: Readonly<Record<string, unknown>>): Effects {
  const numbers = (key: string) => {
    const { items } = body[key] as { items: readonly { number: number }[] }; // a list of changes
    return items.map(({ number }) => number).toSorted((a, b) => a - b);
  };
  return {
    kind: String(body['kind']),
    ships: numbers('ships'),
    takesOut: numbers('takes_out'),
    bringsBack: numbers('brings_back'),
    reverts: numbers('reverted'),
  };
}
