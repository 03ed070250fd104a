import type { BulkWrite, NewRow } from '../db/database.ts';
import type { LogEvent } from './event.ts';

const promotionColumns = {
  parent_key: 'text',
  deployment_id: 'bigint',
  project_id: 'bigint',
  position: 'bigint',
} as const;

/** What the events name as their deployments' parents: once for each pair, since one write cannot replace a row twice. */
export function promotionWrite(events: readonly LogEvent[]): BulkWrite {
  const rows = new Map<string, NewRow>();
  for (const { deploymentId, projectId, position, details } of events) {
    for (const key of details.parents ?? []) {
      const row = { parent_key: key, deployment_id: deploymentId, project_id: projectId, position };
      rows.set(`${deploymentId} ${key}`, row);
    }
  }
  return {
    table: 'promotions',
    columns: promotionColumns,
    rows: [...rows.values()],
    key: ['parent_key', 'deployment_id'],
    fixed: ['project_id'],
  };
}
