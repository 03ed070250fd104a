import { queryOptions } from '@tanstack/react-query';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';

/** One merge or pull request with its ladder. */
export function changeQuery(client: ShiplogClient, project: string, number: number) {
  return queryOptions({
    queryKey: ['change', project, number],
    queryFn: ({ signal }) => client.change(project, number, signal),
  });
}
