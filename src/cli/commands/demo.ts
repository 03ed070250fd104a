import type { Command } from 'commander';
import type { ShiplogClient } from '../../client/shiplog-client.ts';
import { generateFleet } from '../demo/generate-fleet.ts';
import { introduce, warnOfFault } from '../demo/introduce.ts';
import { OwnDemo } from '../demo/own-demo.ts';
import { playLive } from '../demo/play-live.ts';
import { sendHistory } from '../demo/send-history.ts';
import { UsageError } from '../failure.ts';
import { connect, type GlobalOptions, namedServer } from '../global-options.ts';
import { integerOption } from '../integer-option.ts';
import { line, type Terminal } from '../terminal.ts';

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
    .option('--no-live', 'no events after the history; with --server, end then')
    .option('--now <time>', 'the moment the history leads up to, for pictures that stay the same (now)')
    .addHelpText('after', help)
    .action(() => demo(command.optsWithGlobals<DemoOptions>(), terminal));
}

const help = `
Without --server or SHIPLOG_URL it starts a server of its own, on a free port and open to everyone who reads, with git
repositories, deployments that wait for approval and a user to sign in as, and throws it all away at the end. A server
that is named gets reports only.

Examples:
  $ shiplog demo
  $ shiplog demo --server https://shiplog.example.com --token "$TOKEN" --no-live
  $ shiplog demo --services 500 --rate 600`;

async function demo(options: DemoOptions, terminal: Terminal): Promise<void> {
  const signal = terminal.interruption();
  const { seed, services, days } = options;
  const now = momentOf(options.now) ?? terminal.now();
  const named = namedServer(options, terminal.environment);
  // Its folder has to go, which takes a moment.
  if (!named && terminal.err.interactive) signal.addEventListener('abort', () => line(terminal.err, 'Stopping.'));
  if (terminal.err.interactive) line(terminal.err, 'Making the fleet…');
  const history = generateFleet({ seed, now, services, days });
  await using own = named ? undefined : await OwnDemo.start(history, { seed, now, signal }, terminal);
  if (signal.aborted) return;
  const client = connect(own ? { ...options, server: own.url, token: own.token } : options, terminal.environment);
  const told = own ? history.map((report) => own.told(report)) : history;
  const [signIn] = await Promise.all([own?.invite(client), sendHistory(told, client, terminal, signal)]);
  if (signal.aborted) return;
  await own?.guard(client, terminal.now());
  const rate = options.live ? options.rate : undefined;
  const url = own?.url ?? named ?? '';
  const about = { events: history.length, services, days, url, token: own?.token, signIn, rate };
  introduce(about, terminal, options.json === true);
  const goOn = async () => {
    if (rate !== undefined) await playLive(history, client, { seed, rate, own }, terminal, signal);
    else if (own) await aborted(signal);
  };
  await Promise.all([own && connectRepositories(own, client, terminal, signal), goOn()]);
}

/** Says so where the demo shows less than it could. */
async function connectRepositories(
  own: OwnDemo,
  client: ShiplogClient,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const fault = await own.connect(client, signal);
  if (fault !== undefined) warnOfFault(fault, terminal);
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

function momentOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new UsageError(`--now: expected a moment such as 2026-11-20T12:00:00Z, not "${text}"`);
  return at;
}
