import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import { ShiplogError } from '../../../client/shiplog-error.ts';
import type { DecisionRequest } from '../../../contract/approvals.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { approvalsQuery } from './approvals-query.ts';
import { inboxQuery } from './inbox-query.ts';

/** Approves or rejects a deployment, which then waits for the reader no more. */
export function useDecide(deployment: number) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: DecisionRequest) => client.decide(deployment, request),
    onSuccess: (state) => {
      cache.setQueryData(approvalsQuery(client, deployment).queryKey, state);
      dropFromInbox(cache, client, deployment);
      cache.invalidateQueries({ queryKey: inboxQuery(client).queryKey });
    },
    onError: (error) => {
      // The server knows better how it stands, for instance that somebody else was first.
      if (!(error instanceof ShiplogError)) return;
      cache.invalidateQueries({ queryKey: inboxQuery(client).queryKey });
      cache.invalidateQueries({ queryKey: approvalsQuery(client, deployment).queryKey });
    },
  });
}

function dropFromInbox(cache: QueryClient, client: ShiplogClient, deployment: number): void {
  cache.setQueryData(
    inboxQuery(client).queryKey,
    (inbox) =>
      inbox && {
        ...inbox,
        pages: inbox.pages.map((page) => ({
          ...page,
          items: page.items.filter((item) => item.deployment.deployment_number !== deployment),
        })),
      },
  );
}
