import { expect, test } from 'vitest';
import { report } from '../../../../test/support/factories.ts';
import { watchQueries } from '../../../../test/support/query-plans.ts';
import { startTestServer } from '../../../../test/support/server.ts';
import { MatrixStore } from './matrix-store.ts';

test('Bringing the matrix up to date on SQLite never goes through all deployments, nor all that waits', async () => {
  await using server = await startTestServer();
  for (const status of ['waiting', 'success']) await server.client.record(report({ status }));
  const { db, plans } = watchQueries(server.context.database.read);
  const [slot] = await new MatrixStore(db).changedAfter(1);
  expect([slot?.current?.latest.status, slot?.waiting?.latest.status]).toEqual(['success', 'waiting']);

  const steps = (await plans()).map((plan) => plan.steps).join('\n');
  expect(steps).toContain('SEARCH w USING INDEX waits_environment (environment_id=?)');
  expect(steps).not.toMatch(/SCAN (w|d|deployments)\b/);
});
