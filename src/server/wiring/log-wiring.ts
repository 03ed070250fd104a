import { deploymentFrame } from '../apis/native/stream-routes.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/database.ts';
import { StreamHub } from '../http/stream-hub.ts';
import type { IdSource } from '../ids.ts';
import { AppendLane } from '../log/append-lane.ts';
import { LiveFeed } from '../log/live-feed.ts';
import { logStore } from '../log/log-store.ts';
import { Structure } from '../log/structure.ts';
import type { Logger } from '../logger.ts';
import { Metrics } from '../metrics.ts';

/** What everything else is built on. */
export interface Base {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: IdSource;
  readonly logger: Logger;
}

/** Told of what the log does by those that are built later. */
export interface LogListeners {
  /** Something was recorded. */
  appended(): void;
  /** Hooks are to be told of something that was just committed. */
  announced(): void;
  /** Projects, members or gates changed on this node. */
  changed(): void;
}

/** The core: the lane that appends, the feed that tells of it, the streams that pass it on. */
export function wireLog({ database, clock, newId, logger }: Base, listeners: LogListeners) {
  const feed = new LiveFeed(database, (error) =>
    logger.warn({ err: error }, 'The live feed could not read the log; it goes on with the next commit.'),
  );
  const readAfter = (position: number, limit: number) => logStore.after(database.read, position, limit);
  const streams = new StreamHub(feed, readAfter, deploymentFrame);
  const metrics = new Metrics(() => streams.size);
  const lane = new AppendLane(database, clock, newId, (events, announced) => {
    feed.publish(events);
    listeners.appended();
    if (announced) listeners.announced();
    for (const { event } of events) metrics.countEvent(event.status);
  });
  const structure = new Structure(database, feed, () => listeners.changed());
  return { feed, streams, metrics, lane, structure };
}

export type WiredLog = ReturnType<typeof wireLog>;
