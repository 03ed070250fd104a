import { CompiledQuery, type KyselyPlugin } from 'kysely';
import { expect, test } from 'vitest';
import { report } from '../../../../test/support/factories.ts';
import { startTestServer } from '../../../../test/support/server.ts';
import { MatrixStore } from './matrix-store.ts';

test('Bringing the matrix up to date on SQLite never goes through all deployments, nor all that waits', async () => {
  await using server = await startTestServer();
  const { read } = server.context.database;
  for (const status of ['waiting', 'success']) await server.client.record(report({ status }));
  const asked: CompiledQuery[] = [];
  const watching: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      asked.push(read.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const [slot] = await new MatrixStore(read.withPlugin(watching)).changedAfter(1);
  expect([slot?.current?.latest.status, slot?.waiting?.latest.status]).toEqual(['success', 'waiting']);

  const plans: string[] = [];
  for (const query of asked) {
    const plan = CompiledQuery.raw(`explain query plan ${query.sql}`, [...query.parameters]);
    const { rows } = await read.executeQuery<{ detail: string }>(plan);
    plans.push(rows.map(({ detail }) => detail).join('\n'));
  }
  const steps = plans.join('\n');
  expect(steps).toContain('SEARCH w USING INDEX waits_environment (environment_id=?)');
  expect(steps).not.toMatch(/SCAN (w|d|deployments)\b/);
});
