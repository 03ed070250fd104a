import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { RepositoryStanding } from '../../../contract/changes.ts';
import { failureText } from '../../lib/refusal.ts';
import { useChangeNews } from '../../lib/use-change-news.ts';
import { FailureBar } from '../../ui/notice.tsx';
import { Outdated } from '../../ui/outdated.tsx';
import { ChangeList } from './change-list.tsx';
import { ChangesRefused } from './changes-refused.tsx';
import { ChangesSkeleton } from './changes-skeleton.tsx';
import { StandingBar } from './standing-bar.tsx';

interface ChangesPart<Item> {
  readonly items: readonly Item[];
  readonly repository: RepositoryStanding;
}

interface ChangesFrameProps<Item> {
  readonly label: string;
  /** What to say where nothing came. */
  readonly failed: string;
  /** Whose changes were asked for, where they were of one project. */
  readonly project: string | undefined;
  readonly list: UseInfiniteQueryResult<InfiniteData<ChangesPart<Item>>>;
  readonly empty: (standing: RepositoryStanding | undefined) => ReactNode;
  /** Above the list, where there is one. */
  readonly head?: ReactNode;
  /** The line of one change, with its key. */
  readonly children: (item: Item) => ReactNode;
}

/** A list of changes that follows the news, and what stands there while it loads, where it failed, or where it is empty. */
export function ChangesFrame<Item>(props: ChangesFrameProps<Item>) {
  const { label, failed, project, list, empty, head, children } = props;
  useChangeNews(list, project);
  if (list.isPending) return <ChangesSkeleton />;
  if (!list.data) {
    return <ChangesRefused title={failed} project={project} error={list.error} onRetry={() => list.refetch()} />;
  }
  const standing = list.data.pages[0]?.repository;
  const items = list.data.pages.flatMap((page) => page.items);
  const isEmpty = items.length === 0;
  return (
    <>
      {list.isError ? (
        <FailureBar title="What is shown may be old." why={failureText(list.error)} onRetry={() => list.refetch()} />
      ) : null}
      {isEmpty && standing?.state === 'none' ? null : <StandingBar standing={standing} project={project} />}
      {isEmpty ? (
        empty(standing)
      ) : (
        <>
          {head}
          <Outdated when={list.isPlaceholderData}>
            <ChangeList
              label={label}
              hasMore={list.hasNextPage && !list.isError}
              loadingMore={list.isFetchingNextPage}
              onMore={list.fetchNextPage}
            >
              {items.map(children)}
            </ChangeList>
          </Outdated>
        </>
      )}
    </>
  );
}
