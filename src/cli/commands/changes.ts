import { type Command, Option } from 'commander';
import { type Change, changeWords, type RepositoryStanding, type WaitingChange } from '../../contract/changes.ts';
import { limits } from '../../contract/limits.ts';
import { UsageError } from '../failure.ts';
import { connect, type GlobalOptions } from '../global-options.ts';
import { integerOption } from '../integer-option.ts';
import { json, line, type Terminal } from '../terminal.ts';
import { changeLines, waitingLines } from '../view/change-view.ts';
import { createPaint, printable } from '../view/paint.ts';

interface ChangesOptions extends GlobalOptions {
  readonly project?: string;
  readonly environment?: string;
  readonly notIn?: string;
  readonly state?: (typeof changeWords)[number];
  readonly author?: string;
  readonly search?: string;
  readonly waiting?: boolean;
  readonly limit: number;
}

export function configure(command: Command, terminal: Terminal): void {
  command
    .description('List merge and pull requests with the environments they are in, latest updated first.')
    .option('--project <path>', 'only of this project')
    .option('--environment <name>', 'only what was deployed there')
    .option('--not-in <name>', 'only what is not live there')
    .addOption(new Option('--state <state>', 'only those').choices(changeWords))
    .option('--author <name>', 'only those of this author')
    .option('--search <text>', 'text in title or description, or a number (12, !12); with --waiting, too')
    .option('--waiting', 'what is live in an environment and not in the next one, the longest wait first')
    .option('-n, --limit <n>', 'how many', integerOption('--limit', 1, 10_000), 20)
    .addHelpText('after', help)
    .action(() => changes(command.optsWithGlobals<ChangesOptions>(), terminal));
}

const help = `
Examples:
  $ shiplog changes --project shop/cart --environment staging
  $ shiplog changes --search '!12'
  $ shiplog changes --waiting --search receipts
  $ shiplog changes --waiting --environment staging --not-in production --json | jq -r '.items[].reference'`;

async function changes(options: ChangesOptions, terminal: Terminal): Promise<void> {
  const client = connect(options, terminal.environment);
  const { out, err } = terminal;
  const look = { width: out.columns, now: terminal.now(), paint: createPaint(out.colour) };
  if (options.waiting) {
    const listed = await gather(options.limit, (page) => client.waitingChanges({ ...waitingQuery(options), ...page }));
    if (options.json) return json(out, listed);
    show(waitingLines(listed.items, look), 'Nothing waits.', listed.repository, terminal);
    for (const { project, environment } of listed.unknown)
      line(err, `Not known of ${printable(`${project} in ${environment}`)}: which commit runs there.`);
    return;
  }
  const listed = await gather(options.limit, (page) => client.changes({ ...queryOf(options), ...page }));
  if (options.json) return json(out, listed);
  show(changeLines(listed.items, look), 'No change fits.', listed.repository, terminal);
  if (listed.next_cursor !== null) line(err, `There are more; --limit shows more than ${options.limit}.`);
}

function show(lines: readonly string[], none: string, { reason }: RepositoryStanding, { out, err }: Terminal): void {
  for (const text of lines) line(out, text);
  if (lines.length === 0) line(err, none);
  if (reason !== null) line(err, reason);
}

function queryOf({ project, environment, notIn, state, author, search }: ChangesOptions) {
  return given({ project, environment, not_in: notIn, state, author, search });
}

function waitingQuery({ project, environment, notIn, state, author, search }: ChangesOptions) {
  if (state ?? author) throw new UsageError('--waiting: --state and --author do not go with it');
  return given({ project, from: environment, to: notIn, search });
}

/** Drops what was not given. */
function given<T extends object>(query: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  return Object.fromEntries(pairs) as { [Key in keyof T]?: Exclude<T[Key], undefined> }; // no undefined is left
}

interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
  readonly repository: RepositoryStanding;
}

/** As many as are wanted, from as many pages as that takes. */
async function gather<T extends Page<Change> | Page<WaitingChange>>(
  limit: number,
  load: (page: { readonly limit: string; readonly cursor?: string }) => Promise<T>,
): Promise<T> {
  let page = await load({ limit: String(Math.min(limits.page, limit)) });
  const items: T['items'][number][] = [...page.items];
  while (items.length < limit && page.next_cursor !== null) {
    const size = String(Math.min(limits.page, limit - items.length));
    page = await load({ limit: size, cursor: page.next_cursor });
    items.push(...page.items);
  }
  return { ...page, items };
}
