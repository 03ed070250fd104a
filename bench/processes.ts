import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Process extends AsyncDisposable {
  readonly url: string;
  /** From the start of the process to the line that names its URL. */
  readonly readyMs: number;
  readonly pid: number;
}

export const adminToken = 'bench-admin-token';
export const asAdmin = { 'x-api-key': adminToken } as const;
export const asJson = { ...asAdmin, 'content-type': 'application/json' } as const;

export function startBare(): Promise<Process> {
  return start([new URL('bare-server.js', import.meta.url).pathname], {});
}

/** The built server, durable as users run it, without a rate limit. */
export async function startShiplog(
  databaseUrl?: string,
  dataDir?: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Process> {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'shiplog-bench-'));
  const bin = join(process.cwd(), 'bin/shiplog.js');
  const environment = {
    SHIPLOG_ADMIN_TOKEN: adminToken,
    SHIPLOG_RATE_LIMIT: 'off',
    SHIPLOG_LOG_LEVEL: 'warn',
    ...settings,
    ...(databaseUrl === undefined ? {} : { SHIPLOG_DATABASE_URL: databaseUrl }),
  };
  const server = await start([bin, 'serve', '--port', '0', '--data-dir', folder], environment);
  const end = async () => {
    await server[Symbol.asyncDispose]();
    if (dataDir === undefined) rmSync(folder, { recursive: true, force: true });
  };
  return { ...server, [Symbol.asyncDispose]: end };
}

/** Resident memory in megabytes, as the kernel counts it. */
export function residentMegabytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

async function start(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Process> {
  const before = performance.now();
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await readyUrl(child);
  const end = async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return { url, readyMs: performance.now() - before, pid: child.pid ?? 0, [Symbol.asyncDispose]: end };
}

function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk) => {
      output += String(chunk);
      const url = /https?:\/\/[\w.:]+/.exec(output)?.[0];
      if (url && output.includes('\n')) resolve(url);
    });
    child.once('exit', () => reject(new Error(`The process ended before it was ready: ${output}`)));
  });
}
