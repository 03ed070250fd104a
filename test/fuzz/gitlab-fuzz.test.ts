import { describe, expect, test } from 'vitest';
import { databases } from '../support/databases.ts';
import { report } from '../support/factories.ts';
import { gitLabRules } from '../support/gitlab-rules.ts';
import { startTestServer } from '../support/server.ts';
import { HostileGitLabRequests } from './hostile-gitlab-requests.ts';
import type { HostileRequest } from './hostile-requests.ts';

const requests = 4000;
const seed = 4711;
const shownFaults = 10;

describe.each(databases)('hostile requests to the GitLab API on $name', ({ name }) => {
  test(`${requests} of them bring no 5xx, and an envelope of GitLab for every refusal`, {
    timeout: 180_000,
  }, async () => {
    const log: string[] = [];
    await using server = await startTestServer({ database: name, log });
    await server.client.record(report({ namespace: 'shop', service: 'api' }));
    const hostile = new HostileGitLabRequests(seed, Object.keys(gitLabRules), server.adminToken);
    const seen = new Set<number>();
    const faults: string[] = [];
    for (let sent = 0; sent < requests && faults.length < shownFaults; sent += 1) {
      const request = hostile.next();
      const { method, path, headers, body } = request;
      const answer = await fetch(server.url + path, {
        method,
        headers,
        ...(body === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) }),
      });
      seen.add(answer.status);
      const fault = faultOf(answer.status, await answer.text());
      if (fault) faults.push(`${fault}: ${describeRequest(request)}\n${log.at(-1)?.slice(0, 1000)}`);
    }
    expect(faults, `with seed ${seed}`).toEqual([]);
    // A fuzzer that is refused at the door tests the door only.
    expect([...seen]).toEqual(expect.arrayContaining([200, 201, 204, 400, 401, 404]));
  });
});

function faultOf(status: number, body: string): string | undefined {
  if (status >= 500) return `answered ${status}`;
  if (status < 400) return undefined;
  const answer: unknown = JSON.parse(body);
  const isEnvelope = typeof answer === 'object' && answer !== null && ('error' in answer || 'message' in answer);
  return isEnvelope ? undefined : `${status} is no envelope but ${body.slice(0, 200)}`;
}

function describeRequest({ method, path, body }: HostileRequest): string {
  return `${method} ${path.slice(0, 300)} ${body?.toString().slice(0, 1500)}`;
}
