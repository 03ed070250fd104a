import { useInfiniteQuery } from '@tanstack/react-query';
import { mayOnlyRead } from '../../lib/may-write.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { failureText } from '../../lib/refusal.ts';
import { RefusedNotice } from '../../lib/refused-notice.tsx';
import { useSession } from '../../lib/use-session.ts';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { FailureBar } from '../../ui/notice.tsx';
import { PageSection } from '../../ui/page.tsx';
import type { ProtectionHolder } from './protection-holder.ts';
import { ProtectionList } from './protection-list.tsx';
import { sectionWords } from './protection-words.ts';
import { protectionsQuery } from './protections-query.ts';

/** What a project or a group protects: developers see it, maintainers change it. */
export function ProtectionSection({ holder }: { holder: ProtectionHolder }) {
  const { client } = usePageServices();
  const protections = useInfiniteQuery(protectionsQuery(client, holder));
  const session = useSession();
  const words = sectionWords[holder.kind];
  if (protections.isPending) {
    return (
      <PageSection {...words}>
        <ListSkeleton label="Loading the protected environments" />
      </PageSection>
    );
  }
  if (!protections.data) {
    return (
      <PageSection {...words}>
        <RefusedNotice
          what="protected environments"
          of={holder.path}
          onlyFor={`developers of the ${holder.kind}`}
          reading
          error={protections.error}
          onRetry={() => protections.refetch()}
        />
      </PageSection>
    );
  }
  const { pages } = protections.data;
  const [first] = pages;
  return (
    <ProtectionList
      holder={holder}
      items={pages.flatMap((page) => page.items)}
      inherited={first?.inherited ?? []}
      mayChange={(first?.may_change ?? false) && !mayOnlyRead(session)}
      failure={
        protections.isError ? (
          <FailureBar
            title="What is shown may be old."
            why={failureText(protections.error)}
            onRetry={() => protections.refetch()}
          />
        ) : null
      }
      more={
        <LoadMore
          hasMore={protections.hasNextPage}
          loading={protections.isFetchingNextPage}
          onMore={() => protections.fetchNextPage()}
        />
      }
    />
  );
}
