import { useEffect, useRef } from 'react';
import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import { usePageServices } from '../page-services.tsx';
import { RefreshQueue } from './refresh-queue.ts';

interface LiveRefreshOptions {
  /** Fetches what is new. */
  readonly refresh: () => Promise<unknown>;
  /** Whether an event is of any concern; absent: each one is. */
  readonly concerns?: (event: DeploymentEvent) => boolean;
  /** Whether it is of any concern that a project's changes are others now; absent: it is not. */
  readonly concernsChanges?: (project: string) => boolean;
  /** When the server refused what is shown, which is not asked for again when the stream begins right after. */
  readonly refusedAt?: number | undefined;
  /** How long to wait for further events before; the same for as long as the view is there. */
  readonly pauseMs?: number;
}

/** How long a refusal is believed when nothing has happened. */
const settledMs = 30_000;

/** Calls `refresh`, a pause (150 ms) after it is asked to and never twice at a time, on events and whenever some may have been missed. */
export function useLiveRefresh(options: LiveRefreshOptions): void {
  const { live } = usePageServices();
  const { pauseMs } = options;
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  useEffect(() => {
    const queue = new RefreshQueue(() => latest.current.refresh(), pauseMs);
    const stops = [
      live.onCatchUp(() => {
        if (Date.now() - (latest.current.refusedAt ?? 0) > settledMs) queue.ask();
      }),
      live.onEvent((event) => {
        if (latest.current.concerns?.(event) ?? true) queue.ask();
      }),
      live.onChanges((project) => {
        if (latest.current.concernsChanges?.(project)) queue.ask();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      queue.stop();
    };
  }, [live, pauseMs]);
}
