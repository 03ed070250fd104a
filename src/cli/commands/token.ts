import type { Command } from 'commander';
import { type Scope, scopes, type Token, type TokenRequest } from '../../contract/access.ts';
import { openAccess } from '../access/access-port.ts';
import { UsageError } from '../failure.ts';
import type { GlobalOptions } from '../global-options.ts';
import { addSettings, databaseSettings } from '../server-settings.ts';
import { json, line, type Terminal } from '../terminal.ts';
import { age } from '../view/age.ts';
import { createPaint, printable } from '../view/paint.ts';
import { cell, tableLines } from '../view/table.ts';

type Options = GlobalOptions & Readonly<Record<string, unknown>>;

interface CreateOptions extends Options {
  readonly name: string;
  readonly scope?: readonly string[];
  readonly project?: string;
  readonly group?: string;
  readonly expires?: string;
}

export async function configure(command: Command, terminal: Terminal): Promise<void> {
  command
    .description('Create, list and revoke tokens.')
    .usage('<create|list|revoke> [options]')
    .addHelpText('after', help);
  const create = command
    .command('create')
    .summary('Make a token and print it, once')
    .description('Make a token and print it. It is shown this once only; the server keeps no copy.')
    .requiredOption('--name <text>', 'what it is for')
    .option(
      '--scope <scope>',
      `${scopes.join(', ')}; can be repeated (record)`,
      (scope: string, before: readonly string[] = []) => [...before, ...scope.split(',')],
    )
    .option('--project <path>', 'only for this project: namespace/service, or service')
    .option('--group <name>', 'only for projects of this namespace')
    .option('--expires <when>', 'in 90d, 12h, 1w, or at a moment such as 2027-01-01T00:00:00Z (never)')
    .action(() => createToken(create.optsWithGlobals<CreateOptions>(), terminal));
  const list = command
    .command('list')
    .summary('List tokens, without their secrets')
    .description('List tokens: what they may do, and when they were used last.')
    .action(() => listTokens(list.optsWithGlobals<Options>(), terminal));
  const revoke = command
    .command('revoke')
    .summary('End a token at once')
    .description('End a token at once, and sessions that were begun with it.')
    .argument('<id>', 'its number, as `shiplog token list` shows it')
    .action((id: string) => revokeToken(id, revoke.optsWithGlobals<Options>(), terminal));
  for (const sub of [create, list, revoke]) {
    sub.helpOption('-h, --help', 'Show help');
    await addSettings(sub, databaseSettings);
  }
}

const help = `
With --server or SHIPLOG_URL the server is asked. Without, the database is opened directly, as an operator does on the
server's machine for the first token; the server may be running or not.

Scopes: record may only report deployments, read_api only read, api both, admin everything.

Examples:
  $ shiplog token create --name "checkout pipeline" --project payments/checkout
  $ shiplog token create --name dashboard --scope read_api --expires 90d
  $ shiplog token list --server https://shiplog.example.com
  $ shiplog token revoke 7`;

async function createToken(options: CreateOptions, terminal: Terminal): Promise<void> {
  const request = requestOf(options, terminal.now());
  await using access = await openAccess(options, terminal);
  const created = await access.createToken(request);
  if (options.json) return json(terminal.out, created);
  // The secret alone goes to standard output, so that `TOKEN=$(shiplog token create ...)` works.
  line(
    terminal.err,
    `Token ${created.id} "${printable(created.name)}" may ${describe(created)}. Keep it now; it is not shown again.`,
  );
  line(terminal.out, created.token ?? '');
}

function requestOf({ name, scope = ['record'], project, group, expires }: CreateOptions, now: number): TokenRequest {
  const wrong = scope.find((word) => !scopes.some((known) => known === word));
  if (wrong !== undefined) throw new UsageError(`--scope: expected one of ${scopes.join(', ')}, not "${wrong}"`);
  if (!name.trim() || name.length > 128) throw new UsageError('--name: expected 1 to 128 characters');
  return {
    name,
    scopes: [...new Set(scope)] as Scope[], // checked above
    ...(project ? { project } : {}),
    ...(group ? { group } : {}),
    ...(expires ? { expires_at: expiry(expires, now) } : {}),
  };
}

async function listTokens(options: Options, terminal: Terminal): Promise<void> {
  await using access = await openAccess(options, terminal);
  const items = await access.tokens();
  if (options.json) return json(terminal.out, { items });
  if (items.length === 0) return line(terminal.err, 'There are no tokens. Make one with `shiplog token create`.');
  const now = terminal.now();
  const rows = items.map((token) => [
    cell(String(token.id), 'bold'),
    cell(printable(token.name)),
    cell(token.scopes.join(', ')),
    cell(printable(boundTo(token))),
    cell(`${age(token.created_at, now)} ago`, 'grey'),
    cell(token.last_used_at ? `${age(token.last_used_at, now)} ago` : 'never', 'grey'),
    cell(
      token.expires_at ? token.expires_at.slice(0, 10) : 'never',
      token.expires_at && Date.parse(token.expires_at) < now ? 'red' : 'grey',
    ),
  ]);
  const titles = ['ID', 'NAME', 'SCOPES', 'FOR', 'CREATED', 'USED', 'EXPIRES'];
  for (const text of tableLines(titles, rows, createPaint(terminal.out.colour))) line(terminal.out, text);
}

async function revokeToken(text: string, options: Options, terminal: Terminal): Promise<void> {
  if (!/^\d{1,15}$/.test(text))
    throw new UsageError(`expected the number of a token, as \`shiplog token list\` shows it, not "${text}"`);
  await using access = await openAccess(options, terminal);
  await access.revokeToken(Number(text));
  if (options.json) json(terminal.out, { revoked: Number(text) });
  else line(terminal.out, `Token ${text} is revoked.`);
}

function describe(token: Token): string {
  const reach = token.project ?? (token.group ? `projects in ${token.group}` : undefined);
  // A token that is bound to nothing is a member of nothing: it may do what everybody may.
  const words: Readonly<Record<Scope, string>> = {
    record: `report deployments of ${reach ?? 'every project that lets everybody report'}`,
    read_api: `read what is known of ${reach ?? 'every project that is not private'}`,
    api: `read and report deployments of ${reach ?? 'every project that lets everybody do so'}`,
    admin: 'do everything',
  };
  return printable(token.scopes.map((scope) => words[scope]).join(', and '));
}

function boundTo({ owner, project, group, scopes: may }: Token): string {
  return owner ?? project ?? (group ? `${group}/*` : may.includes('admin') ? 'everything' : 'what is open');
}

const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

function expiry(text: string, now: number): string {
  const [, amount, unit] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  const at = amount && unit ? now + Number(amount) * (unitMs[unit] ?? 0) : Date.parse(text);
  if (Number.isNaN(at) || at <= now)
    throw new UsageError(`--expires: expected a time to come such as 90d or 2027-01-01T00:00:00Z, not "${text}"`);
  return new Date(at).toISOString();
}
