import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { groupAttempts } from '../../lib/attempts.ts';
import { useEventFeed } from '../../lib/event-feed.ts';
import { failureText } from '../../lib/refusal.ts';
import type { SlotAddress } from '../../lib/slot-address.ts';
import { EmptyNotice, FailureBar, FailurePage } from '../../ui/notice.tsx';
import { textLink } from '../../ui/text-link.ts';
import { ActivityList } from './activity-list.tsx';
import { type ActivitySearch, activityQuery, isActivityFiltered } from './activity-search.ts';
import { ActivitySkeleton } from './activity-skeleton.tsx';

interface ActivityViewProps {
  readonly search: ActivitySearch;
  readonly onOpen: (address: SlotAddress) => void;
  /** What stands there when a project has no deployment yet; absent: all projects are shown. */
  readonly emptyProject?: ReactNode;
}

export function ActivityView({ search, onOpen, emptyProject }: ActivityViewProps) {
  const { q, status, environment, service, namespace } = search;
  const { from, to } = search.happened;
  // Of the same parts the same query, whatever else the URL holds: an opened drawer asks for nothing anew.
  const query = useMemo(
    () => activityQuery({ q, status, environment, service, namespace, happened: { from, to } }),
    [q, status, environment, service, namespace, from, to],
  );
  const feed = useEventFeed(query);
  const attempts = useMemo(() => groupAttempts(feed.events), [feed.events]);
  if (feed.isPending) return <ActivitySkeleton />;
  if (feed.isError && feed.events.length === 0) {
    return (
      <FailurePage
        title="The activity could not be loaded"
        why={failureText(feed.error)}
        onRetry={() => feed.refetch()}
      />
    );
  }
  if (attempts.length === 0) {
    const filtered = isActivityFiltered(search, emptyProject !== undefined);
    if (emptyProject !== undefined && !filtered) return emptyProject;
    return !filtered ? (
      <EmptyNotice title="Nothing has happened yet">
        Events appear here as pipelines report them.{' '}
        <Link to="/" search={{}} className={textLink}>
          The matrix
        </Link>{' '}
        shows how to send the first.
      </EmptyNotice>
    ) : (
      <EmptyNotice title="No event fits">Try fewer filters, or other words.</EmptyNotice>
    );
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      {feed.isError ? (
        <FailureBar
          title="Older events could not be loaded."
          why={failureText(feed.error)}
          onRetry={() => feed.fetchNextPage()}
        />
      ) : null}
      <div className="min-h-0 flex-1">
        <ActivityList
          attempts={attempts}
          ofProject={emptyProject !== undefined}
          hasMore={feed.hasNextPage && !feed.isError}
          loadingMore={feed.isFetchingNextPage}
          onMore={feed.fetchNextPage}
          onOpen={onOpen}
        />
      </div>
    </div>
  );
}
