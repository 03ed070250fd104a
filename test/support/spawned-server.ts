import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ShiplogClient } from '../../src/client/shiplog-client.ts';

export interface SpawnedServer extends AsyncDisposable {
  readonly url: string;
  readonly adminToken: string;
  readonly client: ShiplogClient;
  readonly pid: number;
  /** Ends the process and waits for its end. */
  kill(signal: NodeJS.Signals): Promise<Exit>;
  readonly exited: Promise<Exit>;
  /** What it wrote to standard error so far. */
  log(): string;
}

interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface SpawnOptions {
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
  readonly adminToken?: string;
  /** More arguments of `shiplog serve`. */
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

const shiplog = fileURLToPath(new URL('../../bin/shiplog.js', import.meta.url));
const startLimitMs = 30_000;

/** A server process that ended before it was ready. */
export class StartRefused extends Error {
  readonly code: number | null;
  readonly log: string;

  constructor(exit: Exit, log: string) {
    super(`The server ended with ${exit.code ?? exit.signal} before it was ready:\n${log}`);
    this.name = 'StartRefused';
    this.code = exit.code;
    this.log = log;
  }
}

/** Runs the built `shiplog serve` as a process of its own, on a free port, and waits for the line that names its URL. */
export async function spawnServer(options: SpawnOptions): Promise<SpawnedServer> {
  const adminToken = options.adminToken ?? `admin-${randomBytes(12).toString('hex')}`;
  const child = spawn(process.execPath, [shiplog, 'serve', ...flagsOf(options)], {
    env: {
      ...environmentWithoutSettings(),
      SHIPLOG_ADMIN_TOKEN: adminToken,
      SHIPLOG_RATE_LIMIT: 'off',
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log = (log + chunk).slice(-20_000);
  });
  const exited = once(child, 'close').then(([code, signal]): Exit => ({ code, signal }));
  const kill = (signal: NodeJS.Signals): Promise<Exit> => {
    child.kill(signal);
    return exited;
  };
  const url = await readyUrl(child, exited, () => log);
  return {
    url,
    adminToken,
    client: new ShiplogClient({ baseUrl: url, token: adminToken }),
    pid: child.pid ?? 0,
    kill,
    exited,
    log: () => log,
    [Symbol.asyncDispose]: async () => {
      await kill('SIGKILL');
    },
  };
}

function flagsOf({ dataDir, databaseUrl, flags = [] }: SpawnOptions): string[] {
  const database = databaseUrl === undefined ? [] : ['--database-url', databaseUrl];
  return ['--host', '127.0.0.1', '--port', '0', '--data-dir', dataDir, ...database, ...flags];
}

/** The settings of whoever runs the tests must not reach the server under test. */
function environmentWithoutSettings(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SHIPLOG_')));
}

function readyUrl(child: ChildProcess, exited: Promise<Exit>, log: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The server was not ready after ${startLimitMs} ms:\n${log()}`));
    }, startLimitMs);
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      const url = /https?:\/\/[^\s/]+/.exec(output)?.[0];
      if (!url || !output.includes('\n', output.indexOf(url))) return; // the rest of the line is still to come
      clearTimeout(limit);
      resolve(url);
    });
    child.once('error', reject);
    exited.then((exit) => {
      clearTimeout(limit);
      reject(new StartRefused(exit, log() + output));
    });
  });
}
