import { isAbsolute, resolve } from 'node:path';
import { ShiplogFault } from './errors.ts';
import { parseAllowedHosts } from './http/allowed-hosts.ts';

/** Everything the server can be told. Times in milliseconds. */
export interface Config {
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  readonly dataDir: string;
  /** A PostgreSQL URL; undefined keeps everything in SQLite under dataDir. */
  readonly databaseUrl: string | undefined;
  readonly publicRead: boolean;
  readonly adminToken: string | undefined;
  /** Writes a token may make in a minute; undefined: no limit. */
  readonly rateLimit: number | undefined;
  /** Address under which people reach the server, for links and cookies; undefined: what each request says. */
  readonly publicUrl: string | undefined;
  readonly trustProxy: boolean;
  readonly logLevel: LogLevel;
  readonly drainMs: number;
  /** Hosts that webhooks may reach although they are not on the public internet: see http/allowed-hosts.ts. */
  readonly webhookAllowedHosts: readonly string[] | undefined;
  /** What secrets in the database are sealed with; undefined: a key of this node's data folder. */
  readonly secretKey: string | undefined;
  /** Whether a success told by GitHub's API makes earlier deployments of production inactive, too. */
  readonly inactivateProduction: boolean;
  /** Contexts of commit statuses that are statuses of a deployment, too; `{environment}` stands for the name of one. */
  readonly deployContexts: readonly string[];
  /** The program that reads repositories: a name, looked for where programs usually lie, or a path. */
  readonly gitProgram: string;
  /** Folders of this machine in which repositories may be named; undefined: none may. */
  readonly repositoryPaths: readonly string[] | undefined;
  /** How often repositories are fetched where nothing asks for it sooner. */
  readonly repositoryIntervalMs: number;
  /** How long fetching one may take. */
  readonly repositoryLimitMs: number;
  /** How large one may be without the contents of its files. */
  readonly repositoryLimitMib: number;
}

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** A setting as people see it. Docs, command line and environment are read from this one table. */
export interface Setting<T = unknown> {
  readonly key: keyof Config;
  readonly flag: string;
  readonly variable: string;
  /** What stands for the value in the help text; absent: a switch. */
  readonly value?: string;
  readonly fallback: string | undefined;
  readonly description: string;
  /** Throws a plain Error that says what a right value looks like. */
  readonly parse: (text: string) => T;
}

export const settings: readonly Setting[] = [
  setting('host', 'HOST', '127.0.0.1', 'Address to listen on.', (text) => text),
  setting('port', 'PORT', '7447', 'Port to listen on; 0 picks a free one.', integer(0, 65_535)),
  setting('dataDir', 'DIR', 'data', 'Folder of the SQLite database.', (text) => resolve(text)),
  setting(
    'databaseUrl',
    'URL',
    undefined,
    'Keep everything in this PostgreSQL database instead of SQLite.',
    postgresUrl,
  ),
  setting('publicRead', undefined, 'false', 'Let everyone read without signing in.', boolean),
  setting(
    'adminToken',
    'TOKEN',
    undefined,
    'A token that may do everything, for first contact and automation.',
    adminToken,
  ),
  setting('rateLimit', 'N', '6000', 'Writes per minute and token; `off` for none.', rateLimit),
  setting('publicUrl', 'URL', undefined, 'Where people reach this server, for the links it shows.', httpUrl),
  setting('trustProxy', undefined, 'false', 'Believe the X-Forwarded headers of the one proxy in front.', boolean),
  setting('logLevel', 'LEVEL', 'info', `One of ${logLevels.join(', ')}.`, logLevel),
  setting('drainMs', 'MS', '10000', 'How long a stopping server lets open requests finish.', integer(0, 600_000)),
  setting(
    'webhookAllowedHosts',
    'HOSTS',
    undefined,
    'Private hosts that webhooks, repositories and forges may reach: names, `*.` names, addresses, CIDR; separated by commas.',
    parseAllowedHosts,
  ),
  setting(
    'secretKey',
    'KEY',
    undefined,
    'Seals the secrets in the database; the same on all nodes. Absent: a key in the data folder.',
    secretKey,
  ),
  setting(
    'inactivateProduction',
    undefined,
    'false',
    "Let a success told by GitHub's API make earlier deployments of production inactive, too.",
    boolean,
  ),
  setting(
    'deployContexts',
    'LIST',
    'deploy,deploy/{environment}',
    'Contexts of commit statuses that move a deployment on, separated by commas; `off` for none.',
    deployContexts,
  ),
  setting('gitProgram', 'PROGRAM', 'git', 'The git that reads repositories: its name or its path.', program),
  setting(
    'repositoryPaths',
    'FOLDERS',
    undefined,
    'Folders of this machine that hold repositories which projects may name, separated by commas.',
    folders,
  ),
  setting(
    'repositoryIntervalMs',
    'MS',
    '900000',
    'How often a repository is fetched where nothing asks for it sooner.',
    integer(10_000, 86_400_000),
  ),
  setting('repositoryLimitMs', 'MS', '600000', 'How long fetching a repository may take.', integer(100, 86_400_000)),
  setting(
    'repositoryLimitMib',
    'MIB',
    '2048',
    'How large a repository may be, without the contents of its files.',
    integer(1, 1_048_576),
  ),
];

/**
 * Builds the configuration: what was given on the command line, else the environment, else the default.
 * Throws ShiplogFault `setting_invalid` with one line that names the setting.
 */
export function loadConfig(
  given: Partial<Record<keyof Config, string>>,
  environment: Readonly<Record<string, string | undefined>>,
): Config {
  const values = settings.map(({ key, flag, variable, fallback, parse }) => {
    const fromEnvironment = environment[variable];
    // An unset shell variable arrives as an empty string: that is no value, not an empty one.
    const text = given[key] ?? (fromEnvironment === '' ? undefined : fromEnvironment) ?? fallback;
    const name = given[key] === undefined ? variable : flag;
    try {
      return [key, text === undefined ? undefined : parse(text)] as const;
    } catch (error) {
      throw new ShiplogFault('setting_invalid', `${name}: ${(error as Error).message}`, { cause: error }); // parsers throw Error only
    }
  });
  return Object.fromEntries(values) as unknown as Config; // the table has one row for each key, held by a test
}

function setting<T>(
  key: keyof Config,
  value: string | undefined,
  fallback: string | undefined,
  description: string,
  parse: (text: string) => T,
): Setting<T> {
  const words = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const row = {
    key,
    flag: `--${words}`,
    variable: `SHIPLOG_${words.replaceAll('-', '_').toUpperCase()}`,
    fallback,
    description,
    parse,
  };
  return value === undefined ? row : { ...row, value };
}

function integer(low: number, high: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= low && number <= high) return number;
    throw new Error(`expected an integer from ${low} to ${high}, not "${text}"`);
  };
}

function boolean(text: string): boolean {
  const word = text.toLowerCase();
  if (['true', '1', 'yes', 'on'].includes(word)) return true;
  if (['false', '0', 'no', 'off'].includes(word)) return false;
  throw new Error(`expected true or false, not "${text}"`);
}

function postgresUrl(text: string): string {
  const protocol = URL.canParse(text) ? new URL(text).protocol : '';
  // The text is not repeated: it may hold a password.
  if (!['postgres:', 'postgresql:'].includes(protocol))
    throw new Error('expected postgres://user:password@host:port/database');
  return text;
}

function httpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new Error(`expected an http or https URL, not "${text}"`);
  return text.replace(/\/+$/, '');
}

function adminToken(text: string): string {
  if (!/^[\x21-\x7e]{8,512}$/.test(text)) throw new Error('expected at least 8 printable characters without spaces');
  return text;
}

/** The text is not repeated in the error: it is a secret. */
function secretKey(text: string): string {
  if (text.length < 16) throw new Error('expected 32 bytes in base64 or hex, or any text of at least 16 characters');
  return text;
}

function rateLimit(text: string): number | undefined {
  if (text === 'off') return undefined;
  try {
    return integer(1, 1_000_000)(text);
  } catch (error) {
    throw new Error(`expected writes per minute, 1 to 1000000, or off, not "${text}"`, { cause: error });
  }
}

function deployContexts(text: string): readonly string[] {
  if (text === 'off') return [];
  const patterns = text.split(',').map((pattern) => pattern.trim());
  if (patterns.every((pattern) => pattern !== '' && pattern.length <= 255)) return patterns;
  throw new Error(`expected contexts separated by commas, such as deploy/{environment}, or off, not "${text}"`);
}

function program(text: string): string {
  if (/^[\w./ +-]{1,1024}$/.test(text) && !text.startsWith('-')) return text;
  throw new Error(`expected the name or the path of a program, not "${text}"`);
}

function folders(text: string): readonly string[] {
  const paths = text.split(',').map((path) => path.trim());
  if (paths.every((path) => isAbsolute(path))) return paths.map((path) => resolve(path));
  throw new Error(`expected paths from the root, separated by commas, not "${text}"`);
}

function logLevel(text: string): LogLevel {
  const level = logLevels.find((name) => name === text);
  if (!level) throw new Error(`expected one of ${logLevels.join(', ')}, not "${text}"`);
  return level;
}
