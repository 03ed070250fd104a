import { ask } from './ask.ts';
import { report } from './factories.ts';
import type { TestServer } from './server.ts';

export interface ShownEnvironment {
  readonly id: number;
  readonly name: string;
  readonly slug: string;
  readonly state: string;
  readonly tier: string;
  readonly external_url: string | null;
  readonly auto_stop_at: string | null;
  readonly updated_at: string;
  readonly [key: string]: unknown;
}

export const dayMs = 86_400_000;
export const iso = (ms: number): string => new Date(ms).toISOString();

let count = 0;

/** A project of its own for each test, that everybody may deploy to, with an environment `first`. */
export async function newProject(server: TestServer, now: number) {
  count += 1;
  const path = `shop/api-${count}`;
  await deploy(server, path, 'first', 'success', now);
  const url = `/projects/${encodeURIComponent(path)}`;
  const send = <T = ShownEnvironment>(request: string, body?: unknown, token?: string | null) => {
    const [method = '', rest = ''] = request.split(' ');
    return ask<T>(server, `${method as 'GET'} /api/v4${url}/environments${rest}`, {
      ...(body === undefined ? {} : { body }),
      ...(token === undefined ? {} : { token }),
    });
  };
  const make = async (body: object) => (await send('POST ', body)).body;
  const stopped = async (name: string) => {
    const { id } = await make({ name });
    await send(`POST /${id}/stop`);
    return id;
  };
  return { path, url, send, make, stopped };
}

export async function deploy(
  server: TestServer,
  path: string,
  environment: string,
  status: 'success' | 'failure',
  now: number,
): Promise<void> {
  const [namespace = '', service = ''] = path.split('/');
  await server.client.record(report({ namespace, service, environment, status, happened_at: iso(now) }));
}
