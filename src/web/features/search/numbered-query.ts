import { queryOptions } from '@tanstack/react-query';
import { DeploymentsClient } from '../../../client/deployments-client.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import { isStatus } from '../../lib/refusal.ts';

/** The deployment that a text names by its number, `6329` or `#6329`; null where there is none. */
export function numberedQuery(client: ShiplogClient, text: string) {
  const number = Number(/^#?(\d{1,15})$/.exec(text)?.[1]);
  return queryOptions({
    queryKey: ['numbered-deployment', number],
    queryFn: async ({ signal }) => {
      try {
        return (await new DeploymentsClient(client.requests).one(number, signal)).deployment;
      } catch (error) {
        if (error instanceof Error && isStatus(error, 404)) return null;
        throw error;
      }
    },
    enabled: number > 0,
    staleTime: 10_000,
  });
}
