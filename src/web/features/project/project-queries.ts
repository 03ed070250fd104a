import { queryOptions } from '@tanstack/react-query';
import { EnvironmentsClient } from '../../../client/environments-client.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';

/** The environments of a project; of very many the oldest. */
export function knownEnvironmentsQuery(client: ShiplogClient, project: string) {
  return queryOptions({
    queryKey: ['project-environments', project, 'known'],
    queryFn: ({ signal }) => new EnvironmentsClient(client.requests).list({ project, limit: '500' }, signal),
  });
}

/** How far each environment of a project is behind the one before it. */
export function projectBehindQuery(client: ShiplogClient, project: string) {
  return queryOptions({
    queryKey: ['behind', project],
    queryFn: ({ signal }) => client.behind({ project }, signal),
  });
}
