import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import type { DeploymentQuery } from '../../../contract/deployment-event.ts';
import { type Attempt, groupAttempts } from '../../lib/attempts.ts';
import { useEventFeed } from '../../lib/event-feed.ts';
import { failureText } from '../../lib/refusal.ts';
import { reportCommand } from '../../lib/report-command.ts';
import type { SlotAddress } from '../../lib/slot-address.ts';
import { buttonLook } from '../../ui/button.tsx';
import { CommandBlock } from '../../ui/command-block.tsx';
import { EmptyNotice, EmptySection, FailureBar, FailurePage } from '../../ui/notice.tsx';
import { ActivityList } from './activity-list.tsx';
import { type ActivitySearch, activityQuery, isActivityFiltered } from './activity-search.ts';
import { ActivitySkeleton } from './activity-skeleton.tsx';

interface ActivityViewProps {
  /** The same object from render to render while nothing else is asked for. */
  readonly search: ActivitySearch;
  readonly onOpen: (address: SlotAddress) => void;
  /** What a deployment was promoted from, in a line; undefined where it names nothing. */
  readonly promotedFrom: (attempt: Attempt) => ReactNode;
  /** What stands there when a project has no deployment yet; absent: all projects are shown. */
  readonly emptyProject?: ReactNode;
}

export function ActivityView({ search, onOpen, promotedFrom, emptyProject }: ActivityViewProps) {
  const query = useMemo(() => activityQuery(search), [search]);
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
      <div className="mx-auto max-w-page">
        <EmptySection
          title="Nothing has happened yet"
          about="Events appear here as pipelines report them. Send the first from a pipeline, or from a shell with a token in SHIPLOG_TOKEN."
        >
          <CommandBlock command={reportCommand(location.origin, 'checkout')} />
          <Link to="/add" search={{}} className={buttonLook('plain')}>
            Add a pipeline
          </Link>
        </EmptySection>
      </div>
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
          isCut={isCut(query)}
          promotedFrom={promotedFrom}
          hasMore={feed.hasNextPage && !feed.isError}
          loadingMore={feed.isFetchingNextPage}
          onMore={feed.fetchNextPage}
          onOpen={onOpen}
        />
      </div>
    </div>
  );
}

/** Whether it lists some events of a deployment and leaves out others. */
function isCut({ status, q, since, until }: DeploymentQuery): boolean {
  return [status, q, since, until].some((part) => part !== undefined);
}
