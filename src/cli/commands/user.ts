import type { Readable } from 'node:stream';
import { text as readAll } from 'node:stream/consumers';
import type { Command } from 'commander';
import { openAccess } from '../access/access-port.ts';
import { UsageError } from '../failure.ts';
import type { GlobalOptions } from '../global-options.ts';
import { addSettings, databaseSettings } from '../server-settings.ts';
import { json, line, type Terminal } from '../terminal.ts';

interface CreateOptions extends GlobalOptions, Readonly<Record<string, unknown>> {
  readonly name?: string;
  readonly admin?: boolean;
  readonly passwordStdin?: boolean;
}

export async function configure(command: Command, terminal: Terminal): Promise<void> {
  command
    .description('Create users, and give a lost password anew.')
    .usage('<create|reset-password> [options]')
    .addHelpText('after', help);
  const create = command
    .command('create')
    .summary('Make a user who can sign in to the web page')
    .description(
      'Make a user. Without a password a one-time password is made and printed, to be changed at the first sign-in.',
    )
    .helpOption('-h, --help', 'Show help')
    .argument('<username>', 'letters, digits, dots, dashes and underscores')
    .option('--name <text>', 'full name')
    .option('--admin', 'may do everything')
    .option('--password-stdin', 'read the password from standard input')
    .action((username: string) => createUser(username, create.optsWithGlobals<CreateOptions>(), terminal));
  await addSettings(create, databaseSettings);
  const reset = command
    .command('reset-password')
    .summary('Give a user a one-time password')
    .description('Print a one-time password, to be changed at the next sign-in, and end all sessions of the user.')
    .helpOption('-h, --help', 'Show help')
    .argument('<username>', 'who has lost the password')
    .action((username: string) => resetPassword(username, reset.optsWithGlobals<CreateOptions>(), terminal));
  await addSettings(reset, databaseSettings);
}

const help = `
With --server or SHIPLOG_URL the server is asked. Without, the database is opened directly.

Examples:
  $ shiplog user create oncall --name "On call" --admin
  $ pass show shiplog/oncall | shiplog user create oncall --password-stdin
  $ shiplog user reset-password admin`;

async function createUser(username: string, options: CreateOptions, terminal: Terminal): Promise<void> {
  if (!/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}$/.test(username)) {
    throw new UsageError(`"${username}" is no user name: at most 64 letters, digits, dots, dashes and underscores`);
  }
  const password = options.passwordStdin ? await readPassword(terminal.input) : undefined;
  await using access = await openAccess(options, terminal);
  const user = await access.createUser({
    username,
    ...(options.name ? { name: options.name } : {}),
    ...(options.admin ? { admin: true } : {}),
    ...(password === undefined ? {} : { password }),
  });
  if (options.json) return json(terminal.out, user);
  line(terminal.out, `User ${user.username} can sign in${user.admin ? ' and administer the server' : ''}.`);
  if (user.one_time_password) line(terminal.out, `One-time password: ${user.one_time_password}`);
}

async function resetPassword(username: string, options: CreateOptions, terminal: Terminal): Promise<void> {
  await using access = await openAccess(options, terminal);
  const user = await access.resetPassword(username);
  if (options.json) return json(terminal.out, user);
  line(terminal.out, `One-time password of ${user.username}: ${user.one_time_password}`);
}

/** A password on the command line would be there for everyone who can list processes. */
async function readPassword(input: Readable): Promise<string> {
  const password = (await readAll(input)).replace(/\r?\n$/, '');
  if (password.length < 10 || password.length > 256)
    throw new UsageError('the password must have 10 to 256 characters');
  return password;
}
