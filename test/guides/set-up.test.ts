import { describe, expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { databases } from '../support/databases.ts';
import { person } from '../support/people.ts';
import { startReceiver } from '../support/receiver.ts';
import { startTestServer } from '../support/server.ts';
import { follow } from './follow.ts';
import { guide } from './read-guide.ts';

const wednesday = Date.parse('2026-06-03T12:00:00Z');
const saturday = Date.parse('2026-06-06T12:00:00Z');

describe.each(databases)('the guide to setting a server up on $name', ({ name }) => {
  test.each([
    ['in the week', wednesday],
    ['at a weekend', saturday],
  ])('leads from an empty server to a protected project, %s', { timeout: 60_000 }, async (_, followedAt) => {
    let now = followedAt;
    await using receiver = await startReceiver();
    await using server = await startTestServer({
      database: name,
      webhookAllowedHosts: ['127.0.0.1'],
      clock: () => now,
    });
    await follow('set-up', server, { HOOK_URL: receiver.url, HOOK_SECRET: 'between us' });

    const { rows } = await server.client.matrix();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ namespace: 'shop', service: 'checkout' });
    expect(rows[0]?.slots['production']?.current).toMatchObject({ version: '1.8.2', status: 'success' });
    const { token } = await person(server, 'outsider');
    expect((await server.clientOf(token).matrix()).rows).toEqual([]);
    const told = () => receiver.received.map(({ json }) => json['status']).sort();
    await expect.poll(told).toEqual(['approved', 'running', 'success']);
    expect(receiver.received[0]?.headers['x-gitlab-token']).toBe('between us');

    now = saturday;
    const body = { environment: 'staging', sha: 'abc', ref: 'main', tag: false, status: 'running' };
    const at = '/api/v4/projects/shop%2Fcheckout/deployments';
    const refused = await ask<{ message: string }>(server, `POST ${at}`, { body });
    expect(refused.status).toBe(403);
    expect(guide('set-up')).toContain(refused.body.message);
  });
});
