import { useInfiniteQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useMemo } from 'react';
import type { WaitingChange } from '../../../contract/changes.ts';
import type { FlatSearch } from '../../lib/flat-search.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { pollUnlessLong } from '../../lib/poll-unless-long.ts';
import { formatDuration, formatMoment } from '../../lib/time-format.ts';
import { changePollMs, useChangeNews } from '../../lib/use-change-news.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyNotice, FailureBar } from '../../ui/notice.tsx';
import { useNow } from '../../ui/now.tsx';
import { ChangeLine } from './change-line.tsx';
import { ChangeList } from './change-list.tsx';
import { ChangesEmpty } from './changes-empty.tsx';
import { ChangesRefused } from './changes-refused.tsx';
import { type ChangesSearch, noChangesFilters, waitingQueryOf } from './changes-search.ts';
import { ChangesSkeleton } from './changes-skeleton.tsx';
import { PlaceMark } from './place-mark.tsx';
import { StandingBar } from './standing-bar.tsx';
import { waitingQuery } from './waiting-query.ts';

interface WaitingViewProps {
  readonly search: ChangesSearch;
  readonly onSearch: (patch: FlatSearch) => void;
  /** The project is no filter: it is one of its pages. */
  readonly ofProject?: boolean;
}

/** What is live in one environment and not in the next: since when, and whose. */
export function WaitingView({ search, onSearch, ofProject = false }: WaitingViewProps) {
  const { client } = usePageServices();
  const query = useMemo(() => waitingQueryOf(search), [search]);
  const list = useInfiniteQuery({
    ...waitingQuery(client, query),
    refetchInterval: (query) => pollUnlessLong(query, changePollMs),
  });
  useChangeNews(list, search.project);
  if (list.isPending) return <ChangesSkeleton />;
  if (!list.data) {
    return (
      <ChangesRefused
        title="What waits could not be loaded"
        project={search.project}
        error={list.error}
        onRetry={() => list.refetch()}
      />
    );
  }
  const [first] = list.data.pages;
  const items = list.data.pages.flatMap((page) => page.items);
  const isFiltered = Object.keys(query).some((name) => name !== 'project' || !ofProject);
  if (items.length === 0 && first?.repository.state === 'none') {
    return <ChangesEmpty standing={first?.repository} project={search.project} />;
  }
  return (
    <>
      {list.isError ? (
        <FailureBar title="What is shown may be old." error={list.error} onRetry={() => list.refetch()} />
      ) : null}
      <StandingBar standing={first?.repository} project={search.project} />
      {items.length === 0 ? (
        <EmptyNotice title="Nothing waits">
          <p className="pb-3">Each environment has all that the one before it has.</p>
          {isFiltered ? <Button onClick={() => onSearch(noChangesFilters)}>Clear all filters</Button> : null}
        </EmptyNotice>
      ) : (
        <>
          <p className="border-b px-4 pt-4 pb-1.5 font-semibold">
            Waiting, oldest first <span className="pl-1 font-normal text-muted">{first?.total.toLocaleString()}</span>
          </p>
          <ChangeList
            label="Waiting, oldest first"
            hasMore={list.hasNextPage && !list.isError}
            loadingMore={list.isFetchingNextPage}
            onMore={list.fetchNextPage}
          >
            {items.map((change) => (
              <ChangeLine key={`${change.project}!${change.number} ${change.to.environment}`} change={change}>
                <Wait change={change} />
              </ChangeLine>
            ))}
          </ChangeList>
        </>
      )}
    </>
  );
}

/** Who waits longer is shown in colour. */
const longWaitMs = 7 * 86_400_000;

/** `staging → production, waits 12d 3h`. */
function Wait({ change: { from, to, waiting_since: since } }: { change: WaitingChange }) {
  const then = Date.parse(since);
  const text = useNow((now) => formatDuration(Math.max(60_000, now - then - ((now - then) % 60_000))));
  const long = useNow((now) => now - then > longWaitMs);
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2 md:justify-end">
      <PlaceMark place={{ ...from, state: 'live' }} />
      <ArrowRight aria-label="not in" size={12} className="shrink-0 text-muted" />
      <PlaceMark place={{ ...to, deployed_at: null, deployment: null }} />
      <span className="text-sm whitespace-nowrap text-muted md:w-28 md:text-right">
        waits{' '}
        <time
          dateTime={since}
          data-tip={formatMoment(then)}
          className={long ? 'font-medium text-waiting' : 'text-soft'}
        >
          {text}
        </time>
      </span>
    </span>
  );
}
