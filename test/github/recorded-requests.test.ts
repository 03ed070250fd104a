import { readFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request as send } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { databases } from '../support/databases.ts';
import { privateProject } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { expectDescribed } from './checked-answers.ts';

/** A request as a client sends it, and what GitHub, or where we differ this server, answers. */
interface Recorded {
  readonly name: string;
  readonly request: {
    readonly method: string;
    /** `{deployment}`: the id that an earlier answer was kept by. */
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  };
  readonly status: number;
  /** In part. */
  readonly answer?: object;
  /** The name that the id answered is kept by. */
  readonly keep?: string;
}

interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly id: number; readonly url: string };
}

const file = new URL('../fixtures/github/requests.json', import.meta.url);
const recorded: readonly Recorded[] = JSON.parse(readFileSync(file, 'utf8'));

// In their order: later ones mean the deployments that earlier ones made.
describe.each(databases)('a request recorded from a client of GitHub, on $name', ({ name: database }) => {
  let server: TestServer;
  const tokens = new Map<string, string>();
  const known: Record<string, string> = {};
  beforeAll(async () => {
    server = await startTestServer({ database });
    for (const repository of ['acme/widget', 'o2/r2']) {
      const { id } = await privateProject(server, repository);
      const body = { name: 'pipeline', scopes: ['api'], access_level: 30 };
      const path = `POST /api/v4/projects/${id}/access_tokens` as const;
      tokens.set(repository, (await ask<{ token: string }>(server, path, { body })).body.token);
    }
  });
  afterAll(() => server.stop());

  /** The bytes as they were recorded, which fetch would not leave alone. */
  async function replay({ method, path, headers, body }: Recorded['request']): Promise<Answered> {
    const filled = path.replace(/\{(\w+)\}/g, (whole, key: string) => known[key] ?? whole);
    const repository = path
      .replace(/^.*\/repos\//, '')
      .split('/', 2)
      .join('/');
    const length =
      body === undefined || headers['transfer-encoding'] ? {} : { 'content-length': Buffer.byteLength(body) };
    const answer = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
      const { hostname, port } = new URL(server.url);
      const authorization = `token ${tokens.get(repository)}`;
      const outgoing = send({
        hostname,
        port,
        method,
        path: filled,
        headers: { ...headers, ...length, authorization },
      });
      outgoing.on('response', resolve).on('error', reject).end(body);
    });
    return { status: answer.statusCode ?? 0, headers: answer.headers, body: JSON.parse(await text(answer)) };
  }

  test.each(recorded)('is answered: $name', async ({ request, status, answer = {}, keep }) => {
    const answered = await replay(request);
    const { headers, body } = answered;
    expect(answered.status, JSON.stringify(body)).toBe(status);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(body).toMatchObject(answer);
    expectDescribed(request.method, request.path.replace('//', '/'), status, body);
    if (status !== 201) return;
    // Both actions fail a step whose answer has no id, and put the address out; other tools follow it.
    expect(body.id).toBeTypeOf('number');
    expect(headers['location']).toBe(body.url);
    expect(new URL(body.url).origin).toBe(server.url);
    if (keep !== undefined) known[keep] = String(body.id);
  });
});
