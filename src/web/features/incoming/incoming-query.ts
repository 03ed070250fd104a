import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import type { IncomingDelivery, IncomingState } from '../../../contract/incoming.ts';
import { pagesByCursor } from '../../lib/page-by-page.ts';

/** The secrets by which a project's tools prove their webhooks, without what is secret. */
export function secretsQuery(client: ShiplogClient, project: string) {
  return queryOptions({
    queryKey: ['incoming secrets', project],
    queryFn: ({ signal }) => client.incomingSecrets(project, signal),
  });
}

/** What came in for a project, newest first. */
export function inboxQuery(client: ShiplogClient, project: string, state: IncomingState | undefined) {
  return infiniteQueryOptions({
    queryKey: ['incoming', project, state ?? 'any'],
    queryFn: ({ pageParam: cursor, signal }) =>
      client.incoming(
        {
          project,
          limit: '30',
          ...(state === undefined ? {} : { state }),
          ...(cursor === undefined ? {} : { cursor }),
        },
        signal,
      ),
    ...pagesByCursor,
  });
}

/** The newest of what came in for a project. */
export function newestQuery(client: ShiplogClient, project: string) {
  return queryOptions({
    queryKey: ['incoming', project, 'newest'],
    queryFn: ({ signal }) => client.incoming({ project, limit: '30' }, signal),
  });
}

/** One with its headers and its body. */
export function incomingDeliveryQuery(client: ShiplogClient, id: IncomingDelivery['id']) {
  return queryOptions({
    queryKey: ['incoming delivery', id],
    queryFn: ({ signal }) => client.incomingDelivery(id, signal),
  });
}
