import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import type { ShiplogClient } from '../../client/shiplog-client.ts';
import type { DeploymentReport } from '../../contract/deployment-event.ts';
import { limits } from '../../contract/limits.ts';
import { chunkReports } from '../batch/chunk-reports.ts';
import { sendChunks } from '../batch/send-chunks.ts';
import { startDemoServer } from '../demo/demo-server.ts';
import { generateFleet } from '../demo/generate-fleet.ts';
import { LiveFleet } from '../demo/live-fleet.ts';
import { Random } from '../demo/random.ts';
import { explainFailure, isTransient, UsageError } from '../failure.ts';
import { connect, type GlobalOptions, namedServer } from '../global-options.ts';
import { integerOption } from '../integer-option.ts';
import { json, line, type Terminal } from '../terminal.ts';
import { createPaint } from '../view/paint.ts';
import { ProgressBar } from '../view/progress-bar.ts';

interface DemoOptions extends GlobalOptions {
  readonly seed: string;
  readonly services: number;
  readonly days: number;
  readonly live: boolean;
  readonly rate: number;
  readonly now?: string;
}

export function configure(command: Command, terminal: Terminal): void {
  command
    .description('Fill a server with a believable fleet, 90 days of deployments, and go on with live ones.')
    .option('--seed <text>', 'another seed gives another fleet', '1')
    .option('--services <n>', 'how many services', integerOption('--services', 1, 5000), 40)
    .option('--days <n>', 'how long the history is', integerOption('--days', 1, 730), 90)
    .option('--rate <n>', 'live events in a minute', integerOption('--rate', 1, 60_000), 20)
    .option('--no-live', 'end when the history is there')
    .option('--now <time>', 'the moment the history leads up to, for pictures that stay the same (now)')
    .addHelpText('after', help)
    .action(() => demo(command.optsWithGlobals<DemoOptions>(), terminal));
}

const help = `
Without --server or SHIPLOG_URL it starts a server of its own, on a free port and open to everyone who reads, and throws
it away at the end.

Examples:
  $ shiplog demo
  $ shiplog demo --server https://shiplog.example.com --token "$TOKEN" --no-live
  $ shiplog demo --services 500 --rate 600`;

async function demo(options: DemoOptions, terminal: Terminal): Promise<void> {
  const signal = terminal.interruption();
  const now = momentOf(options.now) ?? terminal.now();
  const named = namedServer(options, terminal.environment);
  await using own = named ? undefined : await startDemoServer(terminal);
  const client = connect(own ? { ...options, server: own.url, token: own.token } : options, terminal.environment);
  const history = generateFleet({ seed: options.seed, now, services: options.services, days: options.days });
  await sendHistory(history, client, terminal, signal);
  const url = own?.url ?? named ?? '';
  if (!signal.aborted) introduce(history.length, url, own?.token, options, terminal);
  if (options.live && !signal.aborted) await live(history, client, options, terminal, signal);
  else if (own && !signal.aborted) await aborted(signal);
}

async function sendHistory(
  history: readonly DeploymentReport[],
  client: ShiplogClient,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const bar = new ProgressBar({ label: 'Sending history', output: terminal.err, now: terminal.now });
  const items = history.map((report, index) => ({ report, place: `event ${index + 1}`, bytes: 0 }));
  bar.update(0, history.length);
  try {
    await sendChunks(chunkReports(items, limits.batch), {
      client,
      patienceMs: 30_000,
      progressReporter: 'shiplog-cli/demo',
      retry: {
        now: terminal.now,
        random: terminal.random,
        pause: async (ms) => void (await pause(ms, undefined, { signal })),
      },
      onStored: (stored) => bar.update(stored, history.length),
      signal,
    });
  } catch (error) {
    if (!signal.aborted) throw error instanceof Error && error.cause ? error.cause : error;
  } finally {
    bar.clear();
  }
}

function introduce(
  events: number,
  url: string,
  token: string | undefined,
  { live: goesOn, rate, services, days, json: asJson }: DemoOptions,
  terminal: Terminal,
): void {
  if (asJson) return json(terminal.out, { url, events, ...(token ? { token } : {}) });
  const paint = createPaint(terminal.out.colour);
  const count = new Intl.NumberFormat('en').format(events);
  line(terminal.out, `${paint('green', '✓')} ${count} events: ${services} services, ${days} days.`);
  line(terminal.out, `  Look at it:    ${paint('bold', url)}`);
  line(terminal.out, `  In a terminal: SHIPLOG_URL=${url} shiplog matrix --watch`);
  if (token) line(terminal.out, `  Write to it:   SHIPLOG_TOKEN=${token} (gone when this ends)`);
  const each = goesOn ? `${rate} live events a minute` : token ? 'No live events' : undefined;
  if (each) line(terminal.out, paint('grey', `  ${each}; Ctrl-C ends.`));
}

/** Events at uneven moments, on average as many as asked for. A server that is away for a while is waited for. */
async function live(
  history: readonly DeploymentReport[],
  client: ShiplogClient,
  { rate, seed }: DemoOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const random = new Random(`${seed} live`);
  const fleet = new LiveFleet(history, random);
  while (!signal.aborted) {
    await pause((60_000 / rate) * (0.4 + 1.2 * random.next()), undefined, { signal }).catch(() => undefined); // aborted: the loop ends
    const report = signal.aborted ? undefined : fleet.next(terminal.now());
    if (!report) continue;
    try {
      await client.record(report, { progressReporter: 'shiplog-cli/demo' });
    } catch (error) {
      if (!isTransient(error)) throw error;
      line(terminal.err, explainFailure(error).message.split('\n')[0] ?? '');
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

function momentOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new UsageError(`--now: expected a moment such as 2026-11-20T12:00:00Z, not "${text}"`);
  return at;
}
