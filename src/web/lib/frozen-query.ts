import { queryOptions, useQuery } from '@tanstack/react-query';
import { FreezePeriodsClient } from '../../client/freeze-periods-client.ts';
import type { ShiplogClient } from '../../client/shiplog-client.ts';
import { useNow } from '../ui/now.tsx';
import { usePageServices } from './page-services.tsx';

/** A freeze begins and ends without an event: the page asks this often. */
const pollMs = 60_000;

function frozenQuery(client: ShiplogClient) {
  return queryOptions({
    queryKey: ['frozen'],
    queryFn: ({ signal }) => new FreezePeriodsClient(client.requests).frozenNow(signal),
    staleTime: pollMs / 2,
    refetchInterval: pollMs,
    refetchOnWindowFocus: true,
  });
}

/** Until when a project is frozen; undefined: it is not, as far as is known. One request asks for all projects. */
export function useFrozenUntil(project: string): string | undefined {
  const { client } = usePageServices();
  const { data } = useQuery(frozenQuery(client));
  const until = data?.items.find((frozen) => frozen.project === project)?.until;
  // It ends then, also where that is not asked yet, or cannot be.
  const isOver = useNow((now) => until !== undefined && Date.parse(until) <= now);
  return isOver ? undefined : until;
}
