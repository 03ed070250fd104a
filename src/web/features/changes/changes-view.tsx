import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { FlatSearch } from '../../lib/flat-search.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { pollUnlessLong } from '../../lib/poll-unless-long.ts';
import { changePollMs, useChangeNews } from '../../lib/use-change-news.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyNotice, FailureBar } from '../../ui/notice.tsx';
import { ChangeLine } from './change-line.tsx';
import { ChangeList } from './change-list.tsx';
import { ChangesEmpty } from './changes-empty.tsx';
import { changesQuery } from './changes-query.ts';
import { ChangesRefused } from './changes-refused.tsx';
import { type ChangesSearch, changesQueryOf, noChangesFilters } from './changes-search.ts';
import { ChangesSkeleton } from './changes-skeleton.tsx';
import { PlaceMark } from './place-mark.tsx';
import { StandingBar } from './standing-bar.tsx';

/** Environments whose ages fit on one line with their names. */
const mostAged = 3;

interface ChangesViewProps {
  readonly search: ChangesSearch;
  readonly onSearch: (patch: FlatSearch) => void;
}

/** Merge and pull requests with the environments that they are in. */
export function ChangesView({ search, onSearch }: ChangesViewProps) {
  const { client } = usePageServices();
  const query = useMemo(() => changesQueryOf(search), [search]);
  const list = useInfiniteQuery({
    ...changesQuery(client, query),
    refetchInterval: (query) => pollUnlessLong(query, changePollMs),
  });
  useChangeNews(list, search.project);
  if (list.isPending) return <ChangesSkeleton />;
  if (!list.data) {
    return (
      <ChangesRefused
        title="The changes could not be loaded"
        project={search.project}
        error={list.error}
        onRetry={() => list.refetch()}
      />
    );
  }
  const [first] = list.data.pages;
  const items = list.data.pages.flatMap((page) => page.items);
  const isFiltered = Object.keys(query).some((name) => name !== 'project');
  return (
    <>
      {list.isError ? (
        <FailureBar title="What is shown may be old." error={list.error} onRetry={() => list.refetch()} />
      ) : null}
      {items.length === 0 && first?.repository.state === 'none' ? null : (
        <StandingBar standing={first?.repository} project={search.project} />
      )}
      {items.length > 0 ? (
        <ChangeList
          label="Changes, latest first"
          hasMore={list.hasNextPage && !list.isError}
          loadingMore={list.isFetchingNextPage}
          onMore={list.fetchNextPage}
        >
          {items.map((change) => (
            <ChangeLine key={`${change.project}!${change.number}`} change={change}>
              <span className="flex min-w-0 flex-wrap gap-x-3 gap-y-0.5 md:justify-end">
                {change.environments.map((place) => (
                  <PlaceMark key={place.environment} place={place} aged={change.environments.length <= mostAged} />
                ))}
              </span>
            </ChangeLine>
          ))}
        </ChangeList>
      ) : isFiltered ? (
        <EmptyNotice title="No change fits">
          <p className="pb-3">Try fewer filters, or other words.</p>
          <Button onClick={() => onSearch(noChangesFilters)}>Clear all filters</Button>
        </EmptyNotice>
      ) : (
        <ChangesEmpty standing={first?.repository} project={search.project} />
      )}
    </>
  );
}
