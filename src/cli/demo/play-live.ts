import { setTimeout as pause } from 'node:timers/promises';
import type { ShiplogClient } from '../../client/shiplog-client.ts';
import type { DeploymentReport } from '../../contract/deployment-event.ts';
import { explainFailure, isTransient } from '../failure.ts';
import { line, type Terminal } from '../terminal.ts';
import { LiveFleet } from './live-fleet.ts';
import type { OwnDemo } from './own-demo.ts';
import { Random } from './random.ts';
import { demoReporter } from './send-history.ts';

interface LiveOptions {
  readonly seed: string;
  /** Events in a minute. */
  readonly rate: number;
  /** The demo's own server: approvals hold there, and new versions have commits. */
  readonly own: Pick<OwnDemo, 'isGuarded' | 'happening'> | undefined;
}

/** Events at uneven moments, on average as many as asked for. A server that is away for a while is waited for. */
export async function playLive(
  history: readonly DeploymentReport[],
  client: ShiplogClient,
  { seed, rate, own }: LiveOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const random = new Random(`${seed} live`);
  const fleet = new LiveFleet(history, random, (report) => own?.isGuarded(report) ?? false);
  // The log of a server of its own begins with the history; somebody may have decided since.
  const follows = { signal, after: history.length, onEvent: fleet.decided.bind(fleet) };
  const decisions =
    own &&
    client.follow(follows).catch((error) => {
      if (!signal.aborted) tellFault(error, terminal);
    });
  while (!signal.aborted) {
    await pause((60_000 / rate) * (0.4 + 1.2 * random.next()), undefined, { signal }).catch(ignoreEnd);
    const report = signal.aborted ? undefined : fleet.next(terminal.now());
    if (!report) continue;
    try {
      await client.record(own ? await own.happening(report, terminal.now()) : report, {
        progressReporter: demoReporter,
      });
    } catch (error) {
      if (signal.aborted) break;
      if (!isTransient(error)) throw error;
      tellFault(error, terminal);
    }
  }
  await decisions;
}

/** In one line, and the demo goes on. */
function tellFault(error: unknown, terminal: Terminal): void {
  line(terminal.err, explainFailure(error).message.split('\n')[0] ?? '');
}

/** What was aborted ends by throwing; the loop sees the signal itself. */
function ignoreEnd(): undefined {
  return undefined;
}
