import type { BulkWrite, NewRow } from '../db/database.ts';
import type { LogEvent } from './event.ts';

const promotionColumns = {
  parent_key: 'text',
  project_id: 'bigint',
  deployment_id: 'bigint',
} as const;

/** What the events name as their deployments' parents: once for each pair. */
export function promotionWrite(events: readonly LogEvent[]): BulkWrite {
  const rows = new Map<string, NewRow>();
  for (const { deploymentId, projectId, details } of events) {
    for (const key of details.parents ?? []) {
      rows.set(`${deploymentId} ${key}`, { parent_key: key, project_id: projectId, deployment_id: deploymentId });
    }
  }
  return {
    table: 'promotions',
    columns: promotionColumns,
    rows: [...rows.values()],
    key: ['parent_key', 'project_id', 'deployment_id'],
  };
}
