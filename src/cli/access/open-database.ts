import type { Token, User } from '../../contract/access.ts';
import { loadSettings } from '../server-settings.ts';
import type { Environment } from '../terminal.ts';
import type { AccessPort } from './access-port.ts';

type Context = Awaited<ReturnType<typeof import('../../server/context.ts').openContext>>;
type TokenFacts = Awaited<ReturnType<Context['tokens']['list']>>[number];
type Principal = Parameters<Context['tokens']['list']>[0];

/** Whoever can open the database may do everything with it. */
const operator: Principal = {
  id: 'operator',
  name: 'operator',
  username: null,
  userId: null,
  scopes: ['admin'],
  reach: { kind: 'all' },
  mustChangePassword: false,
};

/** Everything of the server but HTTP, on the database that options and environment name. */
export async function openContextFor(
  options: Readonly<Record<string, unknown>>,
  environment: Environment,
): Promise<Context> {
  // Logs of the server would stand between what the command says; warnings still do.
  const config = await loadSettings(
    options,
    environment['SHIPLOG_LOG_LEVEL'] ? environment : { ...environment, SHIPLOG_LOG_LEVEL: 'warn' },
  );
  const { openContext } = await import('../../server/context.ts');
  return openContext(config);
}

/** Tokens and users of a database at hand. */
export async function openDatabase(
  options: Readonly<Record<string, unknown>>,
  environment: Environment,
): Promise<AccessPort> {
  const context = await openContextFor(options, environment);
  return {
    createToken: async ({ expires_at: expires, ...request }) => {
      const expiresAt = expires === undefined ? undefined : Date.parse(expires);
      const { secret, ...facts } = await context.tokens.create(operator, { ...request, expiresAt });
      return { ...tokenView(facts), token: secret };
    },
    tokens: async () => (await context.tokens.list(operator)).map(tokenView),
    revokeToken: (id) => context.tokens.revoke(operator, id),
    createUser: async (request) => {
      const { user, oneTimePassword } = await context.users.create(request);
      const view: User = {
        id: user.id,
        username: user.username,
        name: user.name,
        admin: user.is_admin === 1,
        password_change_required: user.must_change_password === 1,
        created_at: timeText(user.created_at),
      };
      return oneTimePassword === undefined ? view : { ...view, one_time_password: oneTimePassword };
    },
    [Symbol.asyncDispose]: async () => {
      await context[Symbol.asyncDispose]();
    },
  };
}

/** As the HTTP API answers it, so that `--json` looks the same either way. */
function tokenView({ project, group, createdAt, expiresAt, lastUsedAt, ...same }: TokenFacts): Token {
  return {
    ...same,
    scopes: [...same.scopes],
    ...(project === undefined ? {} : { project }),
    ...(group === undefined ? {} : { group }),
    created_at: timeText(createdAt),
    expires_at: expiresAt === null ? null : timeText(expiresAt),
    last_used_at: lastUsedAt === null ? null : timeText(lastUsedAt),
  };
}

function timeText(ms: number): string {
  return new Date(ms).toISOString();
}
