import type { Command } from 'commander';
import { matchesQuery } from '../../client/event-match.ts';
import type { ShiplogClient } from '../../client/shiplog-client.ts';
import type { DeploymentEvent, DeploymentQuery } from '../../contract/deployment-event.ts';
import { limits } from '../../contract/limits.ts';
import { nativeStatuses } from '../../contract/statuses.ts';
import { UsageError } from '../failure.ts';
import { connect, type GlobalOptions } from '../global-options.ts';
import { integerOption } from '../integer-option.ts';
import { json, line, type Terminal } from '../terminal.ts';
import { eventLines, liveEventLines, liveTitleLines } from '../view/event-line.ts';
import { createPaint } from '../view/paint.ts';

interface LogOptions extends GlobalOptions {
  readonly service?: string;
  readonly namespace?: string;
  readonly environment?: string;
  readonly status?: string;
  readonly deploymentId?: string;
  readonly since?: string;
  readonly until?: string;
  readonly search?: string;
  readonly limit: number;
  readonly follow?: boolean;
}

export function configure(command: Command, terminal: Terminal): void {
  command
    .description('List what happened, newest first.')
    .option('--service <name>', 'only this service')
    .option('--namespace <name>', 'only this group')
    .option('--environment <name>', 'only this environment')
    .option('--status <status>', `only this status, or these with commas between them: ${nativeStatuses.join(', ')}`)
    .option('--deployment-id <id>', 'only this deployment')
    .option('--since <time>', 'from then on: a moment, or how long ago (90m, 36h, 7d)')
    .option('--until <time>', 'before then')
    .option('--search <text>', 'words, each of them anywhere in an event')
    .option('-n, --limit <n>', 'how many', integerOption('--limit', 1, 100_000), 20)
    .option('-f, --follow', 'go on with what happens from now, newest last')
    .addHelpText('after', help)
    .action(() => log(command.optsWithGlobals<LogOptions>(), terminal));
}

const help = `
Examples:
  $ shiplog log --environment production --status failure,cancelled --since 7d
  $ shiplog log --search 'checkout failed' --limit 5
  $ shiplog log --service checkout --limit 100 --json | jq -r '.items[].version'
  $ shiplog log --follow`;

async function log(options: LogOptions, terminal: Terminal): Promise<void> {
  const client = connect(options, terminal.environment);
  const filters = queryOf(options, terminal.now());
  if (options.follow) return follow(client, filters, options, terminal);
  const items = await newest(client, filters, options.limit);
  if (options.json) return json(terminal.out, { items });
  if (items.length === 0) return line(terminal.err, 'Nothing happened that fits.');
  const paint = createPaint(terminal.out.colour);
  for (const text of eventLines(items, paint, terminal.out.columns)) line(terminal.out, text);
}

function queryOf(options: LogOptions, now: number): DeploymentQuery {
  const query = {
    service: options.service,
    namespace: options.namespace,
    environment: options.environment,
    status: options.status,
    deployment_id: options.deploymentId,
    since: moment('--since', options.since, now),
    until: moment('--until', options.until, now),
    q: options.search,
  };
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}

async function newest(client: ShiplogClient, filters: DeploymentQuery, limit: number): Promise<DeploymentEvent[]> {
  const items: DeploymentEvent[] = [];
  let cursor: string | null | undefined;
  while (items.length < limit && cursor !== null) {
    const size = String(Math.min(limits.page, limit - items.length));
    const page: Awaited<ReturnType<ShiplogClient['deployments']>> = await client.deployments({
      ...filters,
      limit: size,
      ...(cursor ? { cursor } : {}),
    });
    items.push(...page.items);
    cursor = page.next_cursor;
  }
  return items;
}

/** Listens first, then lists, then tells what came meanwhile and was not in the list: nothing is lost or told twice. */
async function follow(
  client: ShiplogClient,
  filters: DeploymentQuery,
  options: LogOptions,
  terminal: Terminal,
): Promise<void> {
  const paint = createPaint(terminal.out.colour);
  const print = (lines: readonly string[]) => {
    for (const text of lines) line(terminal.out, text);
  };
  const { out } = terminal;
  const show = (event: DeploymentEvent) =>
    print(options.json ? [JSON.stringify(event)] : liveEventLines(event, paint, out.columns));
  // A server that cannot be reached at all is an error; one that goes away later is waited for.
  await client.deployments({ limit: '1' });
  const listed = new Set<string>();
  let held: DeploymentEvent[] | undefined = [];
  const list = async () => {
    const items = await newest(client, filters, options.limit);
    if (!options.json) print(liveTitleLines(paint, out.columns));
    for (const event of items.reverse()) {
      listed.add(event.id);
      show(event);
    }
    const waiting = held ?? [];
    held = undefined;
    waiting.filter(({ id }) => !listed.has(id)).forEach(show);
  };
  let away = false;
  let listing: Promise<void> | undefined;
  const stop = new AbortController();
  await client.follow({
    signal: AbortSignal.any([terminal.interruption(), stop.signal]),
    onEvent: (event) => {
      if (!matchesQuery(event, filters)) return;
      if (held) held.push(event);
      else show(event);
    },
    onState: (state) => {
      if (state === 'live') listing ??= list().catch((error: unknown) => stop.abort(error));
      else if (!away) line(terminal.err, paint('grey', 'The connection is gone; trying again.'));
      away = state !== 'live';
    },
  });
  await listing;
  if (stop.signal.aborted) throw stop.signal.reason;
}

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

function moment(flag: string, text: string | undefined, now: number): string | undefined {
  if (!text) return undefined;
  const [, amount, unit] = /^(\d+)([smhdw])$/.exec(text) ?? [];
  if (amount && unit) return new Date(now - Number(amount) * (unitMs[unit] ?? 0)).toISOString();
  const parsed = Date.parse(text);
  if (Number.isNaN(parsed))
    throw new UsageError(
      `${flag}: expected a moment such as 2026-11-20T08:00:00Z, or how long ago such as 36h, not "${text}"`,
    );
  return new Date(parsed).toISOString();
}
