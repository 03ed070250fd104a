import { useEffect, useRef } from 'react';
import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import { usePageServices } from '../page-services.tsx';
import { isRefused } from '../refusal.ts';
import { RefreshQueue } from './refresh-queue.ts';

/** As `useQuery` and `useInfiniteQuery` give it. */
interface LiveQuery {
  readonly error: Error | null;
  readonly errorUpdatedAt: number;
  readonly refetch: () => Promise<unknown>;
}

interface LiveRefreshOptions {
  /** Fetches what is new; absent: the query is fetched again. */
  readonly refresh?: () => Promise<unknown>;
  /** Whether an event is of any concern; absent: each one is. */
  readonly concerns?: (event: DeploymentEvent) => boolean;
  /** Whether it is of any concern that a project's changes are others now; absent: it is not. */
  readonly concernsChanges?: (project: string) => boolean;
  /** How long to wait for further events before; the same for as long as the view is there. */
  readonly pauseMs?: number;
}

/** How long a refusal is believed when nothing has happened. */
const settledMs = 30_000;

/**
 * Keeps a query fresh: fetches, a pause (150 ms) after it is asked to and never twice at a time, on events and whenever
 * some may have been missed. What was just refused to the reader is not asked for because the stream begins.
 */
export function useLiveRefresh(query: LiveQuery, options: LiveRefreshOptions = {}): void {
  const { live } = usePageServices();
  const { pauseMs } = options;
  const latest = useRef({ query, options });
  useEffect(() => {
    latest.current = { query, options };
  });
  useEffect(() => {
    const refresh = () => (latest.current.options.refresh ?? latest.current.query.refetch)();
    const queue = new RefreshQueue(refresh, pauseMs);
    const stops = [
      live.onCatchUp(() => {
        const { error, errorUpdatedAt } = latest.current.query;
        if (!isRefused(error) || Date.now() - errorUpdatedAt > settledMs) queue.ask();
      }),
      live.onEvent((event) => {
        if (latest.current.options.concerns?.(event) ?? true) queue.ask();
      }),
      live.onChanges((project) => {
        if (latest.current.options.concernsChanges?.(project)) queue.ask();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      queue.stop();
    };
  }, [live, pauseMs]);
}
