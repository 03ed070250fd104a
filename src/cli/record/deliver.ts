import { ShiplogClient } from '../../client/shiplog-client.ts';
import { ShiplogError } from '../../client/shiplog-error.ts';
import type { DeploymentEvent } from '../../contract/deployment-event.ts';
import { isTransient } from '../failure.ts';
import { type RetryOptions, retry } from '../retry.ts';
import type { Spool, SpooledReport, SpoolFile } from './spool.ts';

export interface DeliveryOptions {
  readonly server: string;
  readonly token: string | undefined;
  readonly spool: Spool;
  /** One deadline for everything that is sent. */
  readonly retry: RetryOptions;
  /** Told of what a person should know although the command goes on. */
  readonly warn: (message: string) => void;
}

export interface FlushResult {
  readonly sent: number;
  /** Reports still waiting, for this server and for others. */
  readonly waiting: number;
  readonly elsewhere: number;
  /** Why sending stopped. */
  readonly stoppedBy: unknown;
}

export type Delivery =
  | { readonly outcome: 'recorded'; readonly event: DeploymentEvent }
  | { readonly outcome: 'spooled'; readonly path: string; readonly error: unknown }
  | { readonly outcome: 'refused'; readonly error: ShiplogError };

/** Sends what waits for this server, oldest first, and stops where the server stops answering or lets us in no more. */
export async function flushSpool(options: DeliveryOptions): Promise<FlushResult> {
  const { waiting, damaged } = await options.spool.list();
  for (const path of damaged) options.warn(`Not a report, moved aside: ${path}`);
  const ours = waiting.filter(({ server }) => server === options.server);
  const elsewhere = waiting.length - ours.length;
  let sent = 0;
  for (const [index, file] of ours.entries()) {
    const left = ours.length - index;
    try {
      await send(file, options);
      await options.spool.remove(file);
      sent += 1;
    } catch (error) {
      if (!isFinal(error)) return { sent, waiting: left, elsewhere, stoppedBy: error };
      await setAside(file, error, options);
    }
  }
  return { sent, waiting: 0, elsewhere, stoppedBy: undefined };
}

/** Sends a report, or keeps it for later where no answer can be had. */
export async function deliver(entry: SpooledReport, options: DeliveryOptions): Promise<Delivery> {
  try {
    return { outcome: 'recorded', event: await send(entry, options) };
  } catch (error) {
    if (isTransient(error)) return { outcome: 'spooled', path: await options.spool.add(entry), error };
    if (error instanceof ShiplogError) return { outcome: 'refused', error };
    throw error;
  }
}

function send(entry: SpooledReport, { token, retry: retryOptions }: DeliveryOptions): Promise<DeploymentEvent> {
  const { server, report, idempotencyKey, progressReporter } = entry;
  return retry(
    (timeoutMs) =>
      new ShiplogClient({ baseUrl: server, token, timeoutMs }).record(report, { idempotencyKey, progressReporter }),
    retryOptions,
  );
}

/** The server will never take this report, whoever sends it: a wrong token, by contrast, can be put right. */
function isFinal(error: unknown): error is ShiplogError {
  return error instanceof ShiplogError && !isTransient(error) && ![401, 403, 404].includes(error.status);
}

async function setAside(file: SpoolFile, error: ShiplogError, { spool, warn }: DeliveryOptions): Promise<void> {
  warn(`The server refuses a report kept earlier; it was moved to ${await spool.refuse(file)}\n${error.message}`);
}
