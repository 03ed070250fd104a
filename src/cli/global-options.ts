import { ShiplogClient } from '../client/shiplog-client.ts';
import { UsageError } from './failure.ts';
import type { Environment } from './terminal.ts';

export interface GlobalOptions {
  readonly server?: string;
  readonly token?: string;
  readonly json?: boolean;
  readonly color?: boolean;
  readonly debug?: boolean;
}

export const defaultServer = 'http://127.0.0.1:7447';

/** A server that was named by option or variable; undefined where none was. */
export function namedServer(options: GlobalOptions, environment: Environment): string | undefined {
  const [source, given] = options.server ? ['--server', options.server] : ['SHIPLOG_URL', environment['SHIPLOG_URL']];
  if (!given) return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(
      `${source}: expected an http or https URL such as https://shiplog.example.com, not "${given}"`,
    );
  }
  // The address is not repeated: it holds a password.
  if (url.username || url.password) throw new UsageError(`${source}: expected an address without a name and password`);
  return given.replace(/\/+$/, '');
}

export function tokenOf(options: GlobalOptions, environment: Environment): string | undefined {
  return options.token || environment['SHIPLOG_TOKEN'] || environment['SHIPLOG_ADMIN_TOKEN'] || undefined;
}

export function connect(options: GlobalOptions, environment: Environment, timeoutMs?: number): ShiplogClient {
  return new ShiplogClient({
    baseUrl: namedServer(options, environment) ?? defaultServer,
    token: tokenOf(options, environment),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
}
