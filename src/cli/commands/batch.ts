import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { limits } from '../../contract/limits.ts';
import { type Chunk, chunkReports } from '../batch/chunk-reports.ts';
import { openSource, type ReadReport, readReports } from '../batch/read-reports.ts';
import { ChunkFailed, complaints, sendChunks } from '../batch/send-chunks.ts';
import { CommandFailed, explainFailure } from '../failure.ts';
import { connect, type GlobalOptions } from '../global-options.ts';
import { integerOption } from '../integer-option.ts';
import { json, line, type Terminal } from '../terminal.ts';
import { megabytes, ProgressBar } from '../view/progress-bar.ts';

interface BatchOptions extends GlobalOptions {
  readonly chunk: number;
  readonly skip: number;
}

const patienceMs = 60_000;
const shownComplaints = 10;

export function configure(command: Command, terminal: Terminal): void {
  command
    .description('Report many deployments: a file of JSON objects, one on each line (NDJSON), or a JSON array.')
    .argument('[file]', 'file to read; - is standard input', '-')
    .option('--chunk <n>', 'reports in one request', integerOption('--chunk', 1, limits.batch), limits.batch)
    .option(
      '--skip <n>',
      'leave out the first n reports, to go on after a failure',
      integerOption('--skip', 0, Number.MAX_SAFE_INTEGER),
      0,
    )
    .addHelpText('after', help)
    .action((file: string) => batch(file, command.optsWithGlobals<BatchOptions>(), terminal));
}

const help = `
A chunk is stored as a whole or not at all. Chunks carry a key made from their content, so that running the same file
again within seven days stores nothing twice.

Examples:
  $ shiplog batch history.ndjson
  $ jq -c '.[]' history.json | shiplog batch
  $ shiplog batch history.ndjson --skip 3000`;

async function batch(file: string, options: BatchOptions, terminal: Terminal): Promise<void> {
  const source = await openSource(file, terminal.input);
  const bar = new ProgressBar({
    label: 'Sending',
    output: terminal.err,
    now: terminal.now,
    ...(source.bytes === undefined ? {} : { amount: megabytes }),
  });
  const client = connect(options, terminal.environment);
  const chunks = chunkReports(skipFirst(readReports(source), options.skip), options.chunk);
  // By bytes, as nobody has counted the lines. Standard input has no known end.
  const progress = (stored: number, { items }: Chunk) =>
    source.bytes === undefined ? bar.update(stored) : bar.update(items.at(-1)?.bytes ?? 0, source.bytes);
  let stored = 0;
  try {
    stored = await sendChunks(chunks, {
      client,
      patienceMs,
      progressReporter: 'shiplog-cli/batch',
      retry: { now: terminal.now, random: terminal.random, pause: async (ms) => void (await pause(ms)) },
      onStored: (count, chunk) => {
        stored = count;
        progress(count, chunk);
      },
    });
  } catch (error) {
    bar.clear();
    throw explain(error, stored, file, options);
  }
  bar.clear();
  if (options.json) json(terminal.out, { accepted: stored });
  else line(terminal.out, `Recorded ${count(stored)} from ${source.name}.`);
}

/** What is stored, what is not, why, and how to go on. */
function explain(error: unknown, stored: number, file: string, { skip }: BatchOptions): CommandFailed {
  const { message, exitCode } = explainFailure(error instanceof ChunkFailed ? error.cause : error);
  const done = stored + skip;
  const resume = `shiplog batch ${file === '-' ? '' : `${file} `}--skip ${done}`;
  const state =
    stored === 0
      ? 'Nothing was recorded.'
      : `The first ${count(done)} ${done === 1 ? 'is' : 'are'} recorded, nothing after. To go on: ${resume}`;
  return new CommandFailed([...detail(error, message), state].join('\n'), exitCode, { cause: error });
}

function detail(error: unknown, message: string): string[] {
  const found = error instanceof ChunkFailed ? complaints(error) : [];
  if (found.length === 0) return [message];
  const more = found.length - shownComplaints;
  const shown = found.slice(0, shownComplaints).map((text) => `  ${text}`);
  return [message.split('\n')[0] ?? message, ...shown, ...(more > 0 ? [`  and ${more} more`] : [])];
}

async function* skipFirst(reports: AsyncIterable<ReadReport>, count: number): AsyncGenerator<ReadReport> {
  let index = 0;
  for await (const report of reports) {
    if (index >= count) yield report;
    index += 1;
  }
}

function count(reports: number): string {
  return `${new Intl.NumberFormat('en').format(reports)} ${reports === 1 ? 'report' : 'reports'}`;
}
