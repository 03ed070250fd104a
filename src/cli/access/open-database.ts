import { loadSettings, requireDatabase, settingNames } from '../server-settings.ts';
import { explainStart } from '../start-failure.ts';
import type { Environment } from '../terminal.ts';
import type { AccessPort } from './access-port.ts';

type Context = Awaited<ReturnType<typeof import('../../server/context.ts').openContext>>;
type Principal = Parameters<Context['tokens']['list']>[0];

/** Whoever can open the database may do everything with it. */
const operator: Principal = {
  id: 'operator',
  name: 'operator',
  username: null,
  userId: null,
  scopes: ['admin'],
  reach: { kind: 'all' },
  memberships: [],
  mustChangePassword: false,
  expiresAt: null,
};

/** Everything of the server but HTTP, on the database that options and environment name; it must be there. */
async function openContextFor(options: Readonly<Record<string, unknown>>, environment: Environment): Promise<Context> {
  // Logs of the server would stand between what the command says; warnings still do.
  const config = await loadSettings(
    options,
    environment['SHIPLOG_LOG_LEVEL'] ? environment : { ...environment, SHIPLOG_LOG_LEVEL: 'warn' },
  );
  await requireDatabase(config);
  const { openContext } = await import('../../server/context.ts');
  const nameOf = await settingNames(options, environment);
  return openContext(config).catch((error: unknown) => {
    throw explainStart(error, config, nameOf);
  });
}

/** Tokens and users of a database at hand, as the HTTP API answers them, so that `--json` looks the same either way. */
export async function openDatabase(
  options: Readonly<Record<string, unknown>>,
  environment: Environment,
): Promise<AccessPort> {
  const context = await openContextFor(options, environment);
  const { tokenView, userView } = await import('../../server/apis/native/access-view.ts');
  return {
    createToken: async ({ expires_at: expires, ...request }) => {
      const expiresAt = expires === undefined ? undefined : Date.parse(expires);
      const { secret, ...facts } = await context.tokens.create(operator, { ...request, expiresAt });
      return { ...tokenView(facts), token: secret };
    },
    tokens: async () => (await context.tokens.list(operator)).map(tokenView),
    revokeToken: (id) => context.tokens.revoke(operator, id),
    createUser: async (request) => userView(await context.users.create(operator, request)),
    resetPassword: async (username) => userView(await context.users.resetPassword(operator, username)),
    [Symbol.asyncDispose]: async () => {
      await context[Symbol.asyncDispose]();
    },
  };
}
