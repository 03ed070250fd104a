import type { Command } from 'commander';
import type { ShiplogClient } from '../../client/shiplog-client.ts';
import type { DeploymentEvent } from '../../contract/deployment-event.ts';
import type { Matrix, MatrixQuery } from '../../contract/matrix.ts';
import { connect, type GlobalOptions } from '../global-options.ts';
import { json, line, type Terminal } from '../terminal.ts';
import { liveEventLines } from '../view/event-line.ts';
import { watchMatrix } from '../view/matrix-screen.ts';
import { matrixLines } from '../view/matrix-view.ts';
import { createPaint } from '../view/paint.ts';

interface MatrixOptions extends GlobalOptions {
  readonly service?: string;
  readonly namespace?: string;
  readonly environment?: readonly string[];
  readonly watch?: boolean;
}

export function configure(command: Command, terminal: Terminal): void {
  command
    .description('Show what runs where: every service in every environment, with status, version and age.')
    .option('--service <name>', 'only this service')
    .option('--namespace <name>', 'only services of this group')
    .option(
      '--environment <name>',
      'only this environment; can be repeated',
      (name: string, before: readonly string[] = []) => [...before, name],
    )
    .option('-w, --watch', 'keep it on the screen and up to date')
    .addHelpText('after', help)
    .action(() => matrix(command.optsWithGlobals<MatrixOptions>(), terminal));
}

const help = `
Under a deployment that runs or failed stands what is still live, what comes next and what waits.

Examples:
  $ shiplog matrix
  $ shiplog matrix --namespace payments --environment staging --environment production
  $ shiplog matrix --watch
  $ shiplog matrix --json | jq -r '.rows[] | [.service, .slots.production.current.version] | @tsv'`;

async function matrix(options: MatrixOptions, terminal: Terminal): Promise<void> {
  const client = connect(options, terminal.environment);
  const query = {
    ...(options.service ? { service: options.service } : {}),
    ...(options.namespace === undefined ? {} : { namespace: options.namespace }),
  };
  if (options.watch && terminal.out.interactive && !options.json) {
    return watchMatrix({ terminal, client, load: (signal) => load(client, query, options, signal) });
  }
  if (options.watch) return tellChanges(client, query, options, terminal);
  show(await load(client, query, options), options, terminal);
}

const emptyText = 'No deployments yet. Report one with `shiplog record`, or look around with `shiplog demo`.';

function show(answer: Matrix, options: MatrixOptions, terminal: Terminal): void {
  if (options.json) return json(terminal.out, answer);
  if (answer.rows.length === 0) return line(terminal.out, emptyText);
  const look = { width: terminal.out.columns, now: terminal.now(), paint: createPaint(terminal.out.colour) };
  for (const text of matrixLines(answer, look)) line(terminal.out, text);
}

async function load(
  client: ShiplogClient,
  query: MatrixQuery,
  { environment }: MatrixOptions,
  signal?: AbortSignal,
): Promise<Matrix> {
  const answer = await client.matrix(query, signal);
  if (!environment) return answer;
  const wanted = new Set(environment);
  return {
    ...answer,
    environments: answer.environments.filter((name) => wanted.has(name)),
    columns: answer.columns.filter(({ name }) => wanted.has(name)),
    rows: answer.rows
      .map((row) => ({
        ...row,
        slots: Object.fromEntries(Object.entries(row.slots).filter(([name]) => wanted.has(name))),
      }))
      .filter((row) => Object.keys(row.slots).length > 0),
  };
}

/** Watching without a screen to draw on: the matrix once, then one line for each change. */
async function tellChanges(
  client: ShiplogClient,
  query: MatrixQuery,
  options: MatrixOptions,
  terminal: Terminal,
): Promise<void> {
  const paint = createPaint(terminal.out.colour);
  const tell = (event: DeploymentEvent) => {
    if (options.json) line(terminal.out, JSON.stringify(event));
    else for (const text of liveEventLines(event, paint, terminal.out.columns)) line(terminal.out, text);
  };
  await load(client, query, options); // a server that cannot be reached at all is an error, not something to wait for
  let held: DeploymentEvent[] | undefined = [];
  const begin = async () => {
    show(await load(client, query, options), options, terminal);
    held?.forEach(tell);
    held = undefined;
  };
  let beginning: Promise<void> | undefined;
  const stop = new AbortController();
  await client.follow({
    signal: AbortSignal.any([terminal.interruption(), stop.signal]),
    // The stream is up before the matrix is loaded, so that no change falls between the two.
    onState: (state) => {
      if (state === 'live') beginning ??= begin().catch((error: unknown) => stop.abort(error));
    },
    onEvent: (event) => {
      if (!fits(event, options)) return;
      if (held) held.push(event);
      else tell(event);
    },
  });
  await beginning;
  if (stop.signal.aborted) throw stop.signal.reason;
}

function fits(event: DeploymentEvent, { service, namespace, environment }: MatrixOptions): boolean {
  if (service !== undefined && event.service !== service) return false;
  if (namespace !== undefined && (event.namespace ?? '') !== namespace) return false;
  return environment === undefined || environment.includes(event.environment);
}
