import { useMemo } from 'react';
import { groupAttempts } from '../../lib/attempts.ts';
import { useEventFeed } from '../../lib/event-feed.ts';
import type { SlotAddress } from '../../lib/slot-address.ts';
import { EmptyNotice, FailureBar, FailurePage } from '../../ui/notice.tsx';
import { ActivityList } from './activity-list.tsx';
import { type ActivitySearch, activityQuery } from './activity-search.ts';
import { ActivitySkeleton } from './activity-skeleton.tsx';

interface ActivityViewProps {
  readonly search: ActivitySearch;
  readonly onOpen: (address: SlotAddress) => void;
}

export function ActivityView({ search, onOpen }: ActivityViewProps) {
  const { q, status, environment, service, namespace } = search;
  const query = useMemo(
    () => activityQuery({ q, status, environment, service, namespace }),
    [q, status, environment, service, namespace],
  );
  const feed = useEventFeed(query);
  const attempts = useMemo(() => groupAttempts(feed.events), [feed.events]);
  if (feed.isPending) return <ActivitySkeleton />;
  if (feed.isError && feed.events.length === 0) {
    return <FailurePage title="The activity could not be loaded" error={feed.error} onRetry={() => feed.refetch()} />;
  }
  if (attempts.length === 0) {
    return Object.keys(query).length === 0 ? (
      <EmptyNotice title="Nothing has happened yet">
        Events appear here as pipelines report them. The matrix shows how to send the first.
      </EmptyNotice>
    ) : (
      <EmptyNotice title="No event fits">Try fewer filters, or other words.</EmptyNotice>
    );
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      {feed.isError ? (
        <FailureBar title="Older events could not be loaded." error={feed.error} onRetry={() => feed.fetchNextPage()} />
      ) : null}
      <div className="min-h-0 flex-1">
        <ActivityList
          attempts={attempts}
          hasMore={feed.hasNextPage && !feed.isError}
          loadingMore={feed.isFetchingNextPage}
          onMore={feed.fetchNextPage}
          onOpen={onOpen}
        />
      </div>
    </div>
  );
}
