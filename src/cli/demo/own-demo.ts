import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ShiplogClient } from '../../client/shiplog-client.ts';
import { ShiplogError } from '../../client/shiplog-error.ts';
import type { DeploymentReport } from '../../contract/deployment-event.ts';
import type { Terminal } from '../terminal.ts';
import { DemoGates } from './demo-gates.ts';
import { DemoRepositories } from './demo-repositories.ts';
import { type DemoServer, startDemoServer } from './demo-server.ts';

export interface SignIn {
  readonly username: string;
  readonly password: string;
}

interface Parts {
  readonly folder: string;
  readonly server: DemoServer;
  /** Or why there are none. */
  readonly repositories: DemoRepositories | string;
  readonly gates: DemoGates;
}

/** At the same time: a repository is connected in a few milliseconds. */
const connectedAtOnce = 4;

/** A server of its own for the demo, with what reports alone do not bring: repositories, gates, somebody to sign in as. */
export class OwnDemo {
  readonly url: string;
  readonly token: string;
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
    this.url = parts.server.url;
    this.token = parts.server.token;
  }

  /** In a folder that goes away with it. Undefined: the signal aborted before there was a server. */
  static async start(
    history: readonly DeploymentReport[],
    { seed, now, signal }: { readonly seed: string; readonly now: number; readonly signal: AbortSignal },
    terminal: Terminal,
  ): Promise<OwnDemo | undefined> {
    const folder = await mkdtemp(join(tmpdir(), 'shiplog-demo-'));
    const repositoryFolder = join(folder, 'git');
    const made = DemoRepositories.make(history, {
      folder: repositoryFolder,
      seed,
      now,
      path: terminal.environment['PATH'],
      signal,
    }).catch(faultOf);
    try {
      const server = await startDemoServer({ dataDir: join(folder, 'data'), repositoryFolder }, terminal, signal);
      return new OwnDemo({ folder, server, repositories: await made, gates: new DemoGates(history) });
    } catch (error) {
      await made;
      await rm(folder, { recursive: true, force: true });
      if (signal.aborted) return undefined;
      throw error;
    }
  }

  /** A report of the history, with the commit that it is about. */
  told(report: DeploymentReport): DeploymentReport {
    const { repositories } = this.#parts;
    return typeof repositories === 'string' ? report : repositories.told(report);
  }

  /** The same for one of now, which may bring new commits. */
  async happening(report: DeploymentReport, now: number): Promise<DeploymentReport> {
    const { repositories } = this.#parts;
    return typeof repositories === 'string' ? report : repositories.happening(report, now);
  }

  isGuarded(report: DeploymentReport): boolean {
    return this.#parts.gates.isGuarded(report);
  }

  /** While the history is on its way. Answers how to sign in. */
  async invite(client: ShiplogClient): Promise<SignIn> {
    const signIn = { username: 'demo', password: randomBytes(9).toString('base64url') };
    await client.createUser({ ...signIn, name: 'Demo', admin: true });
    return signIn;
  }

  /** Once the server has the history. */
  guard(client: ShiplogClient, now: number): Promise<void> {
    return this.#parts.gates.setUp(client, now);
  }

  /** Once the server has the history, which it then reads in the background. Answers why there is no repository. */
  async connect(client: ShiplogClient, signal: AbortSignal): Promise<string | undefined> {
    const { repositories } = this.#parts;
    if (typeof repositories === 'string') return repositories;
    try {
      await connectAll(repositories.connections, client, signal);
      return undefined;
    } catch (error) {
      if (error instanceof ShiplogError && error.status === 422) return error.message;
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.server.stop();
    await rm(this.#parts.folder, { recursive: true, force: true });
  }
}

async function connectAll(
  all: DemoRepositories['connections'],
  client: ShiplogClient,
  signal: AbortSignal,
): Promise<void> {
  const left = [...all];
  const lane = async () => {
    for (let next = left.shift(); next && !signal.aborted; next = left.shift()) {
      const { project, url, path } = next;
      await client.setRepository(project, { url, path });
    }
  };
  await Promise.all(Array.from({ length: connectedAtOnce }, lane));
}

function faultOf(error: unknown): string {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  return isMissing ? 'git was not found' : error instanceof Error ? error.message : String(error);
}
