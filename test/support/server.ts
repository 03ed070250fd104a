import { randomBytes } from 'node:crypto';
import pino from 'pino';
import { ShiplogClient } from '../../src/client/shiplog-client.ts';
import { type Config, loadConfig } from '../../src/server/config.ts';
import type { Overrides } from '../../src/server/context.ts';
import type { Logger } from '../../src/server/logger.ts';
import { startServer } from '../../src/server/main.ts';
import { type DatabaseName, databases, type TestDatabase } from './databases.ts';

type Running = Awaited<ReturnType<typeof startServer>>;

export interface TestServer extends AsyncDisposable {
  readonly url: string;
  readonly adminToken: string;
  /** Signed in with the admin token. */
  readonly client: ShiplogClient;
  readonly config: Config;
  readonly context: Running['context'];
  readonly firstSignIn: Running['firstSignIn'];
  /** The same server for somebody else; undefined: nobody. */
  clientOf(token: string | undefined): ShiplogClient;
  stop(): Promise<void>;
}

export interface TestServerOptions extends Partial<Config> {
  /** One of its own is made and dropped where only a kind, or nothing, is given. */
  readonly database?: TestDatabase | DatabaseName;
  /** Where its log goes, a JSON line each, from level debug on; absent: nowhere. */
  readonly log?: string[];
  /** What the server takes for the time; absent: the time. */
  readonly clock?: () => number;
  /** How it reaches the hosts of webhooks; absent: as ever. */
  readonly outgoing?: Overrides['outgoing'];
}

/** Starts the server in this process, on a free port, quiet, without a rate limit. */
export async function startTestServer({
  database = 'sqlite',
  clock,
  log,
  outgoing,
  ...overrides
}: TestServerOptions = {}): Promise<TestServer> {
  const own = typeof database === 'string' ? await make(database) : undefined;
  const used = own ?? (database as TestDatabase); // either a kind, then it was made, or a database
  const config: Config = {
    ...loadConfig({}, {}),
    port: 0,
    dataDir: used.dataDir,
    databaseUrl: used.databaseUrl,
    adminToken: `admin-${randomBytes(12).toString('hex')}`,
    rateLimit: undefined,
    logLevel: 'silent',
    drainMs: 1000,
    ...overrides,
  };
  const running = await startServer(config, {
    ...(clock ? { clock } : {}),
    ...(log ? { logger: loggerInto(log) } : {}),
    ...(outgoing ? { outgoing } : {}),
  }).catch(async (error: unknown) => {
    await own?.drop();
    throw error;
  });
  const clientOf = (token: string | undefined) => new ShiplogClient({ baseUrl: running.url, token });
  const stop = async () => {
    await running.stop();
    await own?.drop();
  };
  return {
    url: running.url,
    adminToken: config.adminToken ?? '',
    client: clientOf(config.adminToken),
    config,
    context: running.context,
    firstSignIn: running.firstSignIn,
    clientOf,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function loggerInto(lines: string[]): Logger {
  return pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
}

function make(name: DatabaseName): Promise<TestDatabase> {
  const kind = databases.find((candidate) => candidate.name === name);
  if (!kind) throw new Error(`DATABASES leaves ${name} out.`);
  return kind.create();
}
