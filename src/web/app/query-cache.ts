import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ShiplogError, UnreachableError } from '../../client/shiplog-error.ts';

/**
 * The server state of the page. A 401 of any request means that the session ended: the session is then asked for anew.
 * A change whose answer was lost may have been made: what is shown is then fetched, and says so.
 */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (isRefusal(error) && query.queryKey[0] !== 'session') client.invalidateQueries({ queryKey: ['session'] });
      },
    }),
    mutationCache: new MutationCache({
      onError: (error) => {
        if (isRefusal(error)) client.invalidateQueries({ queryKey: ['session'] });
        if (error instanceof UnreachableError) client.invalidateQueries();
      },
    }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < 2 && !(error instanceof ShiplogError && error.status < 500),
        retryDelay: (failures) => 400 * 2 ** failures,
        // The live stream says when to fetch; a server on this machine needs no network.
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
      },
      // What may have been done is not asked for again but by whoever pressed the button.
      mutations: { networkMode: 'always', retry: false },
    },
  });
  return client;
}

function isRefusal(error: Error): boolean {
  return error instanceof ShiplogError && error.status === 401;
}
