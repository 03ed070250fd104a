import { statSync } from 'node:fs';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { CommandFailed } from './failure.ts';
import type { Config } from './server-settings.ts';

/** The flag or the variable by which a setting was given. */
export type NameOf = (key: keyof Config) => string;

/** What Node, pg and SQLite tell of an error beside its message. */
interface Details {
  readonly code?: string;
  readonly syscall?: string;
  readonly hostname?: string;
  readonly path?: string;
  readonly errcode?: number;
}

type Found = Error & Details;

/**
 * Says in one line which setting keeps a server from starting, and what is wrong with it. Never repeats a password. An
 * error that no setting explains is answered as it is.
 */
export function explainStart(error: unknown, config: Config, nameOf: NameOf): unknown {
  const found = rootOf(error);
  if (!found) return error;
  const explain = isOfListening(found, config) ? explainListen : explainDatabase;
  const said = explain(found, config, nameOf);
  return said ? new CommandFailed(said.message, said.exitCode, { cause: error }) : error;
}

interface Explanation {
  readonly message: string;
  readonly exitCode: ExitCode;
}

/** The database is opened first, so a name that both use has failed there. */
function isOfListening({ syscall, hostname }: Found, { host, databaseUrl }: Config): boolean {
  if (syscall !== 'getaddrinfo') return syscall === 'listen' || syscall === 'bind';
  return hostname === host && hostname !== hostOf(databaseUrl);
}

function explainListen({ code = '', syscall }: Found, { host, port }: Config, nameOf: NameOf): Explanation | undefined {
  if (syscall === 'getaddrinfo') return wrong(`${nameOf('host')}: "${host}" is neither an address nor a known name`);
  if (code === 'EADDRINUSE')
    return wrong(`${host}:${port} is already in use. Choose another port with --port; 0 picks a free one.`);
  if (code === 'EACCES')
    return wrong(`${host}:${port} may not be used by this user. Choose a port above 1023 with --port.`);
  return ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'].includes(code)
    ? wrong(`${nameOf('host')}: ${host} is no address of this machine`)
    : undefined;
}

function explainDatabase(found: Found, { databaseUrl, dataDir }: Config, nameOf: NameOf): Explanation | undefined {
  if (databaseUrl !== undefined) {
    const meaning = postgresMeaning(found, new URL(databaseUrl));
    return meaning === undefined ? undefined : wrong(`${nameOf('databaseUrl')}: ${meaning}`);
  }
  const meaning = sqliteMeaning(found, dataDir);
  return meaning === undefined ? undefined : wrong(`${nameOf('dataDir')}: ${dataDir}: ${meaning}`);
}

/** What does not mean that the database cannot be used, but that we asked for something wrong. */
const ownMistakes = /^(2[1-7]|42(?!501))...$|^ERR_(?!TLS)/;

function postgresMeaning({ code = '', message }: Found, { host, pathname }: URL): string | undefined {
  const server = host || 'the server';
  switch (code) {
    case 'ECONNREFUSED':
      return `nothing listens on ${server}`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `there is no host of the name in ${server}`;
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `${server} does not answer`;
    case '28P01':
      return `${server} refuses the user name or the password`;
    case '3D000':
      return `${server} has no database "${pathname.slice(1)}"`;
    case '':
      // pg gives these no code.
      return /SASL|SSL|timeout|terminat/i.test(message) ? `${server}: ${message}` : undefined;
    default:
      return isFault(code) || ownMistakes.test(code) ? undefined : `${server}: ${message}`;
  }
}

const mayNotWrite = 'this user may not write there';

/** SQLite's primary result codes. */
const sqliteMeanings: Readonly<Record<number, string>> = {
  3: mayNotWrite,
  5: 'another process has locked shiplog.db',
  8: mayNotWrite,
  11: 'shiplog.db is damaged',
  13: 'the disk is full',
  26: 'shiplog.db is no database of SQLite',
};

const fileMeanings: Readonly<Record<string, string>> = {
  ENOENT: 'the folder cannot be made',
  ENOTDIR: 'a part of the path is no folder',
  EACCES: mayNotWrite,
  EPERM: mayNotWrite,
  EROFS: mayNotWrite,
  ENOSPC: 'the disk is full',
};

const cannotOpen = 14;

function sqliteMeaning({ code = '', errcode, path, message }: Found, dataDir: string): string | undefined {
  if (errcode !== undefined) {
    const primary = errcode & 0xff;
    if (primary === cannotOpen) return isFolder(dataDir) ? 'shiplog.db cannot be opened there' : 'it is no folder';
    return sqliteMeanings[primary] ?? message;
  }
  if (path !== undefined) return fileMeanings[code] ?? message;
  return code === 'database_unavailable' ? message : undefined;
}

/** Codes of the server's own faults are words in lower case. */
function isFault(code: string): boolean {
  return /^[a-z_]+$/.test(code);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function hostOf(databaseUrl: string | undefined): string | undefined {
  return databaseUrl === undefined ? undefined : new URL(databaseUrl).hostname;
}

/** The error that began it all: a fault hides the driver's, and a connection that tried several addresses theirs. */
function rootOf(error: unknown): Found | undefined {
  if (!(error instanceof Error)) return undefined;
  const within: unknown = error instanceof AggregateError ? error.errors[0] : error.cause;
  return rootOf(within) ?? error;
}

function wrong(message: string): Explanation {
  return { message, exitCode: exitCodes.usage };
}
