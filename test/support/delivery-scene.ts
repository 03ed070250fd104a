import { expect } from 'vitest';
import { ask } from './ask.ts';
import { report } from './factories.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { startTestServer, type TestServer, type TestServerOptions } from './server.ts';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const hooks = '/api/v4/projects/shop%2Fcheckout/hooks';

const start = Date.parse('2026-06-01T08:00:00Z');

interface ShownEvent {
  readonly id: number;
  readonly attempts: number;
  readonly error: string | null;
  readonly response_status: string | null;
  readonly next_attempt_at: string | null;
  readonly [name: string]: unknown;
}

interface DeliveryScene extends AsyncDisposable {
  /** What the server takes for the time. */
  readonly clock: { now: number };
  readonly receiver: Receiver;
  readonly server: TestServer;
  /** GitLab's, to the receiver. */
  readonly hook: number;
  /** Makes all attempts that are due. */
  run(): Promise<void>;
  deployed(more?: Partial<Parameters<typeof report>[0]>): Promise<unknown>;
}

/** A server with the project `shop/checkout`, a receiver, a hook to it, and a time that the test sets. */
export async function deliveryScene(options: TestServerOptions): Promise<DeliveryScene> {
  const clock = { now: start };
  const receiver = await startReceiver();
  const server = await startTestServer({
    webhookAllowedHosts: ['127.0.0.1'],
    clock: () => clock.now,
    ...options,
  });
  await deploy(server, { status: 'pending', happened_at: new Date(start).toISOString() });
  const hook = await hookTo(server, receiver.url);
  const run = () => server.context.dispatcher.runOnce();
  await run();
  return {
    clock,
    receiver,
    server,
    hook,
    run,
    deployed: (more = {}) => deploy(server, { happened_at: new Date(clock.now).toISOString(), ...more }),
    async [Symbol.asyncDispose]() {
      await server.stop();
      await receiver[Symbol.asyncDispose]();
    },
  };
}

/** Makes a hook that asks for deployments; answers its id. */
export async function hookTo(server: TestServer, url: string, more: object = {}): Promise<number> {
  const body = { url, deployment_events: true, token: 'receiver-secret', ...more };
  const made = await ask<{ id: number }>(server, `POST ${hooks}`, { body });
  expect(made.status).toBe(201);
  return made.body.id;
}

/** What was sent to a hook, newest first. */
export async function eventsOf(server: TestServer, hook: number): Promise<ShownEvent[]> {
  return (await ask<ShownEvent[]>(server, `GET ${hooks}/${hook}/events`)).body;
}

export function deploy(server: TestServer, more: Partial<Parameters<typeof report>[0]> = {}) {
  return server.client.record(report({ namespace: 'shop', service: 'checkout', environment: 'production', ...more }));
}

export function fails(status: number, headers = {}): Receiver['answer'] {
  return (response) => void response.writeHead(status, headers).end('no');
}
