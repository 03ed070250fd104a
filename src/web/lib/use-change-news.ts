import { useLiveRefresh } from './live/use-live-refresh.ts';
import { isOfProject } from './project-name.ts';

/** Without the stream, and for what nobody tells of: a title that another tool has changed. */
export const changePollMs = 20_000;

/** Deployments come in crowds. */
const pauseMs = 400;

/** As `useQuery` and `useInfiniteQuery` give it. */
interface Refetched {
  readonly error: Error | null;
  readonly errorUpdatedAt: number;
  readonly isEnabled: boolean;
  readonly isFetching: boolean;
  readonly refetch: (options?: { readonly cancelRefetch: boolean }) => Promise<unknown>;
}

/** Fetches a query again when changes, or where they are, are others than before: of one project, or of any. */
export function useChangeNews(query: Refetched, project?: string): void {
  const { isEnabled, isFetching, refetch } = query;
  useLiveRefresh(query, {
    refresh: async () => {
      if (!isEnabled) return;
      // An answer on its way may be older than the news: wait for it, then ask again.
      if (isFetching) await refetch({ cancelRefetch: false });
      await refetch({ cancelRefetch: false });
    },
    pauseMs,
    // A rollback changes no link: what runs is all that it changes.
    concerns: (event) => event.status === 'success' && (project === undefined || isOfProject(event, project)),
    concernsChanges: (changed) => project === undefined || changed === project,
  });
}
