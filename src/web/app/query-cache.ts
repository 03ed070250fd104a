import {
  type DefaultedQueryObserverOptions,
  MutationCache,
  QueryCache,
  QueryClient,
  type QueryKey,
  type QueryObserverOptions,
} from '@tanstack/react-query';
import { ShiplogError, UnreachableError } from '../../client/shiplog-error.ts';
import { isRefused, isStatus } from '../lib/refusal.ts';

/**
 * The server state of the page. A 401 of any request means that the session ended: the session is then asked for anew.
 * A change whose answer was lost may have been made: what is shown is then fetched, and says so. What the reader may not
 * have is not asked for by the clock.
 */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new PageQueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (isStatus(error, 401) && query.queryKey[0] !== 'session')
          client.invalidateQueries({ queryKey: ['session'] });
      },
    }),
    mutationCache: new MutationCache({
      onError: (error) => {
        if (isStatus(error, 401)) client.invalidateQueries({ queryKey: ['session'] });
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

class PageQueryClient extends QueryClient {
  override defaultQueryOptions<Fetched, Fault, Data, Cached, Key extends QueryKey, Page>(
    given:
      | QueryObserverOptions<Fetched, Fault, Data, Cached, Key, Page>
      | DefaultedQueryObserverOptions<Fetched, Fault, Data, Cached, Key>,
  ): DefaultedQueryObserverOptions<Fetched, Fault, Data, Cached, Key> {
    const options = super.defaultQueryOptions(given);
    const { refetchInterval: interval } = options;
    if (given._defaulted || !interval) return options;
    return {
      ...options,
      refetchInterval: (query) => {
        const { error } = query.state;
        if (error instanceof Error && isRefused(error)) return false;
        return typeof interval === 'function' ? interval(query) : interval;
      },
    };
  }
}
