import { describe, expect, test } from 'vitest';
import { databases } from '../support/databases.ts';
import { startTestServer } from '../support/server.ts';
import { follow } from './follow.ts';

describe.each(databases)("the guide to GitLab's curl commands on $name", ({ name }) => {
  test('leads from an empty server to what it says that the page shows', { timeout: 60_000 }, async () => {
    await using server = await startTestServer({ database: name });
    await follow('curl', server);
    const { rows } = await server.client.matrix();
    expect(rows).toHaveLength(1);
    const { staging, production } = rows[0]?.slots ?? {};
    expect(staging?.current).toMatchObject({ sha: 'a91957a858320c0e17f3a0eca7cfacbff50ea29a', status: 'success' });
    expect(production).toMatchObject({ current: { status: 'in-progress' }, last_successful: { version: '1.8.2' } });
  });
});
