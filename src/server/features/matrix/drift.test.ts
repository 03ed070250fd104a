import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../../test/support/ask.ts';
import { databases } from '../../../../test/support/databases.ts';
import { report } from '../../../../test/support/factories.ts';
import { startTestServer, type TestServer } from '../../../../test/support/server.ts';
import { second, slotOf } from '../../../../test/support/slots.ts';
import type { Matrix } from '../../../contract/matrix.ts';

describe.each(databases)('how far an environment is behind the one before it, on $name:', ({ name }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ database: name });
  });
  afterAll(() => server.stop());

  /** Successful deployments, one a second: environment and version. */
  async function deploy(
    service: string,
    ...steps: readonly (readonly [environment: string, version: string, status?: string])[]
  ) {
    const { rows } = await server.client.matrix({ service });
    const from = Object.keys(rows[0]?.slots ?? {}).length * 100;
    await server.client.recordBatch(
      steps.map(([environment, version, status = 'success'], index) =>
        report({ service, environment, version, status, happened_at: second(from + index) }),
      ),
    );
  }
  const behind = async (service: string, environment = 'prod') => (await slotOf(server, service, environment))?.behind;

  test('not at all where both have the same', async () => {
    await deploy('level', ['staging', '1'], ['prod', '1']);
    expect(await behind('level')).toBeUndefined();
    expect(await behind('level', 'staging')).toBeUndefined();
  });

  test('by the versions that succeeded there since, each counted once, failures not at all', async () => {
    await deploy(
      'two',
      ['staging', '1'],
      ['prod', '1'],
      ['staging', '2'],
      ['staging', '3'],
      ['staging', '3'],
      ['staging', '4', 'failure'],
    );
    expect(await behind('two')).toEqual({ environment: 'staging', versions: 2 });
  });

  test('measured by what is live, not by what failed or runs', async () => {
    await deploy(
      'live',
      ['staging', '1'],
      ['prod', '1'],
      ['staging', '2'],
      ['prod', '2', 'failure'],
      ['prod', '2', 'in-progress'],
    );
    expect(await behind('live')).toEqual({ environment: 'staging', versions: 1 });
  });

  test('against the nearest tier before that has anything', async () => {
    await deploy('nearest', ['dev', '1'], ['dev', '2'], ['prod', '1']);
    expect(await behind('nearest')).toEqual({ environment: 'dev', versions: 1 });
    await deploy('nearest', ['staging', '1']);
    expect(await behind('nearest')).toBeUndefined();
    expect(await behind('nearest', 'staging')).toEqual({ environment: 'dev', versions: 1 });
  });

  test('by what succeeded there later, where the live version was never there', async () => {
    await deploy('hotfix', ['staging', '1'], ['prod', 'hotfix'], ['staging', '2']);
    expect(await behind('hotfix')).toEqual({ environment: 'staging', versions: 1 });
  });

  test('by at least as many as are remembered', async () => {
    await deploy(
      'far',
      ['staging', '0'],
      ['prod', '0'],
      ...Array.from({ length: 25 }, (_, index) => ['staging', `v${index}`] as const),
    );
    expect(await behind('far')).toEqual({ environment: 'staging', versions: 10, more: true });
  });

  test('never where the tier is not known, or nothing succeeded here', async () => {
    await deploy('unknown', ['staging', '1'], ['blue', '0'], ['prod', '9', 'failure']);
    expect(await behind('unknown', 'blue')).toBeUndefined();
    expect(await behind('unknown')).toBeUndefined();
  });

  test('told to whoever asks what changed, though only the environment before did', async () => {
    await deploy('delta', ['staging', '1'], ['prod', '1']);
    const { version } = await server.client.matrix();
    await deploy('delta', ['staging', '2']);
    const { rows } = (await ask<Matrix>(server, `GET /api/matrix?since=${version}`)).body;
    expect(Object.keys(rows[0]?.slots ?? {})).toEqual(['staging', 'prod']);
    expect(rows[0]?.slots['prod']?.behind).toEqual({ environment: 'staging', versions: 1 });
  });
});
