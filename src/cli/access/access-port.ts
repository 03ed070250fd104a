import type { Token, TokenRequest, User, UserRequest } from '../../contract/access.ts';
import { connect, type GlobalOptions, namedServer } from '../global-options.ts';
import type { Terminal } from '../terminal.ts';
import { openDatabase } from './open-database.ts';

/** Tokens and users, of a server that runs or of a database at hand. */
export interface AccessPort {
  createToken(request: TokenRequest): Promise<Token>;
  tokens(): Promise<readonly Token[]>;
  revokeToken(id: number): Promise<void>;
  createUser(request: UserRequest): Promise<User>;
  resetPassword(username: string): Promise<User>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * A server that is named is asked over HTTP. Otherwise the database is opened: whoever may do that needs no token,
 * which is how the first token of a server is made.
 */
export async function openAccess(
  options: GlobalOptions & Readonly<Record<string, unknown>>,
  terminal: Terminal,
): Promise<AccessPort> {
  if (namedServer(options, terminal.environment) === undefined) return openDatabase(options, terminal.environment);
  const client = connect(options, terminal.environment);
  return {
    createToken: (request) => client.createToken(request),
    tokens: async () => (await client.tokens()).items,
    revokeToken: (id) => client.revokeToken(id),
    createUser: (request) => client.createUser(request),
    resetPassword: (username) => client.resetPassword(username),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
