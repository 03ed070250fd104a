import { CompiledQuery, type KyselyPlugin } from 'kysely';
import { expect, test } from 'vitest';
import { report } from '../../../../test/support/factories.ts';
import { administrator } from '../../../../test/support/people.ts';
import { startTestServer } from '../../../../test/support/server.ts';
import { LineageService } from './lineage-service.ts';
import { LineageStore } from './lineage-store.ts';

test('Following a lineage on SQLite never goes through all deployments or promotions of a project', async () => {
  await using server = await startTestServer();
  const { read } = server.context.database;
  const tell = (environment: string, key: string, parents: string[]) =>
    server.client.record({ ...report({ environment, deployment_id: key }), parent_deployments: parents });
  await tell('dev', '1', []);
  const { deployment_number: number } = await tell('qa', '2', ['1', 'lost']);
  await tell('production', '3', ['2']);

  const asked: CompiledQuery[] = [];
  const watching: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      asked.push(read.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const service = new LineageService(new LineageStore(read.withPlugin(watching)), server.context.projects);
  const graph = await service.ofDeployment(await administrator(server), number);
  expect([graph.edges.length, graph.unknown.length]).toEqual([2, 1]);

  for (const query of asked) {
    const plan = CompiledQuery.raw(`explain query plan ${query.sql}`, [...query.parameters]);
    const { rows } = await read.executeQuery<{ detail: string }>(plan);
    const steps = rows.map(({ detail }) => detail).join('\n');
    expect(steps).not.toMatch(/deployments_project|promotions_project|SCAN [dmnp]\b/);
    if (query.sql.includes('"slots"') && query.sql.includes('"d"."key" in'))
      expect(steps).toContain('deployments_key (key=? AND environment_id=?)');
  }
});
