import { expect, test } from 'vitest';
import { report } from '../../../../test/support/factories.ts';
import { administrator } from '../../../../test/support/people.ts';
import { watchQueries } from '../../../../test/support/query-plans.ts';
import { startTestServer } from '../../../../test/support/server.ts';
import { LineageService } from './lineage-service.ts';
import { LineageStore } from './lineage-store.ts';

test('Following a lineage on SQLite never goes through all deployments or promotions of a project', async () => {
  await using server = await startTestServer();
  const tell = (environment: string, key: string, parents: string[]) =>
    server.client.record({ ...report({ environment, deployment_id: key }), parent_deployments: parents });
  await tell('dev', '1', []);
  const { deployment_number: number } = await tell('qa', '2', ['1', 'lost']);
  await tell('production', '3', ['2']);

  const { db, plans } = watchQueries(server.context.database.read);
  const service = new LineageService(new LineageStore(db), server.context.projects);
  const graph = await service.ofDeployment(await administrator(server), number);
  expect([graph.edges.length, graph.unknown.length]).toEqual([2, 1]);

  for (const { sql, steps } of await plans()) {
    expect(steps).not.toMatch(/deployments_project|promotions_project|SCAN [dmnp]\b/);
    if (sql.includes('"slots"') && sql.includes('"d"."key" in'))
      expect(steps).toContain('deployments_key (key=? AND environment_id=?)');
  }
});
