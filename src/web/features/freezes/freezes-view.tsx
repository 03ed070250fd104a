import { useQuery } from '@tanstack/react-query';
import { freezesQuery } from '../../lib/freezes-query.ts';
import { mayOnlyRead } from '../../lib/may-write.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { failureText } from '../../lib/refusal.ts';
import { RefusedNotice } from '../../lib/refused-notice.tsx';
import { useSession } from '../../lib/use-session.ts';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { FailureBar } from '../../ui/notice.tsx';
import { PageSection } from '../../ui/page.tsx';
import { FreezeList, freezeWords } from './freeze-list.tsx';

/** When a project must not be deployed: readers see it, maintainers change it. */
export function FreezesView({ project }: { project: string }) {
  const { client } = usePageServices();
  const session = useSession();
  const freezes = useQuery(freezesQuery(client, project));
  if (freezes.isPending) {
    return (
      <PageSection {...freezeWords}>
        <ListSkeleton label="Loading the freeze periods" />
      </PageSection>
    );
  }
  if (!freezes.data) {
    return (
      <PageSection {...freezeWords}>
        <RefusedNotice
          what="freeze periods"
          of={project}
          onlyFor="readers of the project"
          reading
          error={freezes.error}
          onRetry={() => freezes.refetch()}
        />
      </PageSection>
    );
  }
  return (
    <FreezeList
      project={project}
      list={freezes.data}
      mayChange={freezes.data.may_change && !mayOnlyRead(session)}
      failure={
        freezes.isError ? (
          <FailureBar
            title="What is shown may be old."
            why={failureText(freezes.error)}
            onRetry={() => freezes.refetch()}
          />
        ) : null
      }
    />
  );
}
