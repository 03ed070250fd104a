import { Command, CommanderError } from 'commander';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { explainFailure } from './failure.ts';
import type { GlobalOptions } from './global-options.ts';
import { line, type Terminal } from './terminal.ts';
import { createPaint } from './view/paint.ts';

interface CommandModule {
  readonly configure: (command: Command, terminal: Terminal) => void | Promise<void>;
}

interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Only the command that is called is loaded: `record` in a pipeline must not pay for the server. */
  readonly load: () => Promise<CommandModule>;
}

const groups: readonly (readonly [string, readonly CommandEntry[]])[] = [
  [
    'Run a server:',
    [
      { name: 'serve', summary: 'Start the Shiplog server', load: () => import('./commands/serve.ts') },
      {
        name: 'demo',
        summary: 'Fill a server with a believable fleet and keep it moving',
        load: () => import('./commands/demo.ts'),
      },
    ],
  ],
  [
    'Report deployments:',
    [
      {
        name: 'record',
        summary: 'Report one deployment, from a pipeline or by hand',
        load: () => import('./commands/record.ts'),
      },
      {
        name: 'batch',
        summary: 'Report many deployments from a file or standard input',
        load: () => import('./commands/batch.ts'),
      },
    ],
  ],
  [
    'See what runs where:',
    [
      {
        name: 'matrix',
        summary: 'Show every service in every environment',
        load: () => import('./commands/matrix.ts'),
      },
      { name: 'log', summary: 'List what happened, newest first', load: () => import('./commands/log.ts') },
    ],
  ],
  [
    'Find changes:',
    [
      {
        name: 'where',
        summary: 'Say where a commit, change or version is live',
        load: () => import('./commands/where.ts'),
      },
      {
        name: 'changes',
        summary: 'List merge and pull requests, and what waits for production',
        load: () => import('./commands/changes.ts'),
      },
      {
        name: 'diff',
        summary: 'Compare what is live in two environments',
        load: () => import('./commands/diff.ts'),
      },
    ],
  ],
  [
    'Look after a server:',
    [
      { name: 'token', summary: 'Create, list and revoke tokens', load: () => import('./commands/token.ts') },
      { name: 'user', summary: 'Create users', load: () => import('./commands/user.ts') },
      {
        name: 'backup',
        summary: 'Write everything to one archive, while the server runs',
        load: () => import('./commands/backup.ts'),
      },
      {
        name: 'restore',
        summary: 'Read an archive into an empty database',
        load: () => import('./commands/restore.ts'),
      },
      {
        name: 'rebuild',
        summary: 'Make what is derived from the log anew',
        load: () => import('./commands/rebuild.ts'),
      },
      { name: 'version', summary: 'Print the version', load: () => import('./commands/version.ts') },
    ],
  ],
];

/** Runs one command line and answers its exit code. It never throws and never ends the process. */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const program = createProgram(terminal);
  try {
    await program.parseAsync(plainSpelling(args), { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    // Commander has printed its own message by now; help is not a failure.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    return report(error, program.opts<GlobalOptions>(), terminal);
  }
}

function createProgram(terminal: Terminal): Command {
  const program = new Command('shiplog')
    .description(`Shiplog, the ship's log of deployments: what runs where, since when, and who did it.`)
    .usage('<command> [options]')
    .helpCommand(false)
    .helpOption('-h, --help', 'Show help')
    .option('--server <url>', 'where the server is (SHIPLOG_URL; else http://127.0.0.1:7447)')
    .option('--token <token>', 'who asks (SHIPLOG_TOKEN, else SHIPLOG_ADMIN_TOKEN)')
    .option('--json', 'answer in JSON')
    .option('--no-color', 'no colours (NO_COLOR)')
    .option('--debug', 'show stack traces')
    .configureHelp({ showGlobalOptions: true, subcommandTerm: (command) => command.name() })
    .configureOutput({
      writeOut: (text) => terminal.out.write(text),
      writeErr: (text) => terminal.err.write(text),
      getOutHelpWidth: () => Math.min(terminal.out.columns, 110),
      getErrHelpWidth: () => Math.min(terminal.err.columns, 110),
      getOutHasColors: () => terminal.out.colour,
      getErrHasColors: () => terminal.err.colour,
      outputError: (text, write) => {
        const paint = createPaint(terminal.err.colour);
        write(text.replace(/^error: (.)/, (_, first: string) => `${paint('red', 'Error:')} ${first.toUpperCase()}`));
        write('Add --help to see what it takes.\n');
      },
    })
    .showSuggestionAfterError(true)
    .exitOverride()
    .addHelpText('after', overview);
  const modules = new Map<string, () => Promise<CommandModule>>();
  for (const [heading, entries] of groups) {
    program.commandsGroup(heading);
    for (const { name, summary, load } of entries) {
      program
        .command(name)
        .summary(summary)
        .description(`${summary}.`)
        .helpCommand(false)
        .helpOption('-h, --help', 'Show help');
      modules.set(name, load);
    }
  }
  program.hook('preSubcommand', async (_, command) => {
    const module = await modules.get(command.name())?.();
    await module?.configure(command, terminal);
  });
  return program;
}

const overview = `
Examples:
  $ shiplog serve                              a server on http://127.0.0.1:7447
  $ shiplog demo                               the same, full of made-up deployments
  $ shiplog record --service checkout --environment production --status success --version 1.8.2
  $ shiplog matrix --watch                     what runs where, live

\`shiplog <command> --help\` tells more. Exit codes: 0 done, 1 failed, 2 wrong usage or setting,
3 refused by the server, 4 server not reachable.`;

/** `--version`, `-V` and `help` are commands here: `record --version` is the version that was deployed. */
function plainSpelling(args: readonly string[]): string[] {
  const [first, ...rest] = args;
  if (first === '--version' || first === '-V') return ['version', ...rest];
  if (first === 'help') return [...rest, '--help'];
  return first === undefined ? ['--help'] : [...args];
}

function report(error: unknown, { debug, json }: GlobalOptions, terminal: Terminal): ExitCode {
  const { message, exitCode } = explainFailure(error);
  if (json) line(terminal.err, JSON.stringify({ error: { message, exit_code: exitCode } }));
  else if (message) line(terminal.err, `${createPaint(terminal.err.colour)('red', 'Error:')} ${message}`);
  if (debug && error instanceof Error) line(terminal.err, error.stack ?? '');
  return exitCode;
}
