import { useInfiniteQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { usePageServices } from '../../lib/page-services.tsx';
import { failureText } from '../../lib/refusal.ts';
import { Button } from '../../ui/button.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { FailureBar } from '../../ui/notice.tsx';
import { PageSection } from '../../ui/page.tsx';
import { useToast } from '../../ui/toast.tsx';
import { GroupDialog } from './group-dialog.tsx';
import { GroupTable } from './group-table.tsx';
import { groupsQuery } from './groups-query.ts';

interface SubgroupsSectionProps {
  readonly path: string;
  /** Whether the reader may make one in it. */
  readonly mayCreate: boolean;
  /** Whether the reader may make groups at the top. */
  readonly mayBeTop: boolean;
  readonly onOpen: (path: string) => void;
}

/** The groups right in a group. Where there is none and none can be made, nothing. */
export function SubgroupsSection({ path, mayCreate, mayBeTop, onOpen }: SubgroupsSectionProps) {
  const { client } = usePageServices();
  const tell = useToast();
  const [creates, setCreates] = useState(false);
  const groups = useInfiniteQuery(groupsQuery(client, { parent: path }));
  const rows = groups.data?.pages.flatMap(({ items }) => items) ?? [];
  if (!mayCreate && groups.data && rows.length === 0) return null;
  return (
    <PageSection
      title="Subgroups"
      actions={
        mayCreate ? (
          <Button onClick={() => setCreates(true)}>
            <Plus aria-hidden size={14} />
            New subgroup
          </Button>
        ) : undefined
      }
    >
      {groups.isPending ? <ListSkeleton label="Loading the subgroups" rows={2} /> : null}
      {groups.isError ? (
        <FailureBar
          title="The subgroups could not be loaded."
          why={failureText(groups.error)}
          onRetry={() => groups.refetch()}
        />
      ) : null}
      {groups.data && rows.length === 0 ? (
        <p className="border-y px-4 py-4 text-muted">None. A subgroup has the members of this group, and its own.</p>
      ) : null}
      {rows.length > 0 ? <GroupTable label={`Subgroups of ${path}`} groups={rows} /> : null}
      <LoadMore
        hasMore={groups.hasNextPage}
        loading={groups.isFetchingNextPage}
        onMore={() => groups.fetchNextPage()}
      />
      {creates ? (
        <GroupDialog
          parent={path}
          mayBeTop={mayBeTop}
          onClose={() => setCreates(false)}
          onCreated={(made) => {
            tell(`The group ${made.name} is made.`);
            onOpen(made.path);
          }}
        />
      ) : null}
    </PageSection>
  );
}
