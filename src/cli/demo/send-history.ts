import { setTimeout as pause } from 'node:timers/promises';
import type { ShiplogClient } from '../../client/shiplog-client.ts';
import type { DeploymentReport } from '../../contract/deployment-event.ts';
import { limits } from '../../contract/limits.ts';
import { chunkReports } from '../batch/chunk-reports.ts';
import { sendChunks } from '../batch/send-chunks.ts';
import type { Terminal } from '../terminal.ts';
import { ProgressBar } from '../view/progress-bar.ts';

export const demoReporter = 'shiplog-cli/demo';

/** Sends reports in batches, and shows how far it is. Ends quietly when the signal aborts. */
export async function sendHistory(
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
      progressReporter: demoReporter,
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
