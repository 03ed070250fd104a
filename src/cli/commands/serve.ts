import type { Command } from 'commander';
import packageJson from '../../../package.json' with { type: 'json' };
import type { GlobalOptions } from '../global-options.ts';
import { addSettings, loadSettings, settingNames } from '../server-settings.ts';
import { explainStart } from '../start-failure.ts';
import { json, line, type Terminal } from '../terminal.ts';
import { createPaint } from '../view/paint.ts';

export async function configure(command: Command, terminal: Terminal): Promise<void> {
  await addSettings(command);
  command
    .description('Start the Shiplog server. Every option can also be set by the variable named with it.')
    .addHelpText('after', help)
    .action(() => serve(command.optsWithGlobals<GlobalOptions & Record<string, unknown>>(), terminal));
}

const help = `
The URL and how to sign in are printed on standard output, logs in JSON on standard error. SIGTERM and Ctrl-C let open
requests finish; a second one ends at once.

Examples:
  $ shiplog serve
  $ shiplog serve --host 0.0.0.0 --data-dir /var/lib/shiplog --public-url https://shiplog.example.com
  $ SHIPLOG_ADMIN_TOKEN=$(openssl rand -hex 24) shiplog serve --database-url postgres://shiplog@db/shiplog`;

async function serve(options: GlobalOptions & Record<string, unknown>, terminal: Terminal): Promise<void> {
  const config = await loadSettings(options, terminal.environment);
  const interruption = terminal.interruption();
  terminal.outliveReader();
  const { startServer } = await import('../../server/main.ts');
  const nameOf = await settingNames(options, terminal.environment);
  const server = await startServer(config).catch((error: unknown) => {
    throw explainStart(error, config, nameOf);
  });
  const { version } = packageJson;
  if (options.json)
    json(terminal.out, {
      version,
      url: server.url,
      ...(server.firstSignIn ? { first_sign_in: server.firstSignIn } : {}),
    });
  else announce(version, server, config.adminToken !== undefined, terminal);
  if (!interruption.aborted)
    await new Promise((resolve) => interruption.addEventListener('abort', resolve, { once: true }));
  await server.stop();
}

interface Announced {
  readonly url: string;
  readonly firstSignIn: { readonly username: string; readonly password: string } | undefined;
}

function announce(version: string, { url, firstSignIn }: Announced, hasAdminToken: boolean, terminal: Terminal): void {
  const paint = createPaint(terminal.out.colour);
  line(terminal.out, `Shiplog ${version} is ready at ${paint('bold', url)}`);
  if (firstSignIn) {
    line(
      terminal.out,
      `Sign in as ${paint('bold', firstSignIn.username)} with the one-time password ${paint('bold', firstSignIn.password)}`,
    );
  } else if (hasAdminToken) {
    line(terminal.out, 'Sign in with SHIPLOG_ADMIN_TOKEN');
  }
}
