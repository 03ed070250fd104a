import type { Command } from 'commander';
import type { ShiplogClient } from '../../client/shiplog-client.ts';
import type { DeploymentEvent } from '../../contract/deployment-event.ts';
import type { Matrix, MatrixQuery } from '../../contract/matrix.ts';
import { connect, type GlobalOptions } from '../global-options.ts';
import { json, line, type Terminal } from '../terminal.ts';
import { eventCells } from '../view/event-line.ts';
import { watchMatrix } from '../view/matrix-screen.ts';
import { matrixLines } from '../view/matrix-view.ts';
import { createPaint } from '../view/paint.ts';
import { tableLines } from '../view/table.ts';

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
Under a deployment that runs or failed stands what is still live, and what waits to come next.

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
  const answer = await load(client, query, options);
  if (options.json) json(terminal.out, answer);
  else if (answer.rows.length === 0) line(terminal.out, emptyText);
  else print(answer, terminal);
  if (options.watch) await tellChanges(client, options, terminal);
}

const emptyText = 'No deployments yet. Report one with `shiplog record`, or look around with `shiplog demo`.';

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

function print(answer: Matrix, terminal: Terminal): void {
  const look = { width: terminal.out.columns, now: terminal.now(), paint: createPaint(terminal.out.colour) };
  for (const text of matrixLines(answer, look)) line(terminal.out, text);
}

/** Watching without a screen to draw on: one line for each change. */
async function tellChanges(
  client: ShiplogClient,
  { json: asJson, service, namespace, environment }: MatrixOptions,
  terminal: Terminal,
): Promise<void> {
  const paint = createPaint(terminal.out.colour);
  const fits = (event: DeploymentEvent) =>
    (!service || event.service === service) &&
    (namespace === undefined || (event.namespace ?? '') === namespace) &&
    (!environment || environment.includes(event.environment));
  await client.follow({
    signal: terminal.interruption(),
    onEvent: (event) => {
      if (!fits(event)) return;
      if (asJson) line(terminal.out, JSON.stringify(event));
      else
        for (const text of tableLines(['', '', '', '', '', '', ''], [eventCells(event)], paint))
          line(terminal.out, text);
    },
  });
}
