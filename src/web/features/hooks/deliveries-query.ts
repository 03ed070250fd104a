import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import type { HookDelivery, HookDeliveryQuery } from '../../../contract/hooks.ts';
import { pagesByCursor } from '../../lib/page-by-page.ts';

export type Outcome = NonNullable<HookDeliveryQuery['status']>;

/** The deliveries of a webhook, newest first. */
export function deliveriesQuery(client: ShiplogClient, hook: number, status: Outcome | undefined) {
  return infiniteQueryOptions({
    queryKey: ['hook deliveries', hook, status ?? 'any'],
    queryFn: ({ pageParam: cursor, signal }) =>
      client.hookDeliveries(
        hook,
        { limit: '30', ...(status === undefined ? {} : { status }), ...(cursor === undefined ? {} : { cursor }) },
        signal,
      ),
    ...pagesByCursor,
  });
}

/** One delivery with what was sent and answered, as it was after this many attempts. */
export function deliveryQuery(client: ShiplogClient, hook: number, id: number, attempts?: HookDelivery['attempts']) {
  return queryOptions({
    queryKey: ['hook delivery', hook, id, attempts ?? 'last'],
    queryFn: ({ signal }) => client.hookDelivery(hook, id, signal),
  });
}
