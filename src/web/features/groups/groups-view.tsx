import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { GroupDetails } from '../../../contract/groups.ts';
import { countText } from '../../lib/count-text.ts';
import { mayWrite } from '../../lib/may-write.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { failureText } from '../../lib/refusal.ts';
import { RefusedNotice } from '../../lib/refused-notice.tsx';
import { useSession } from '../../lib/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { ListSearch } from '../../ui/list-search.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { FailureBar } from '../../ui/notice.tsx';
import { PageSection } from '../../ui/page.tsx';
import { useToast } from '../../ui/toast.tsx';
import { GroupDialog } from './group-dialog.tsx';
import { GroupTable } from './group-table.tsx';
import { groupsQuery, parentsQuery } from './groups-query.ts';

interface GroupsViewProps {
  readonly search: string;
  readonly onSearch: (text: string) => void;
  /** Leads to a group that was just made. */
  readonly onOpen: (path: string) => void;
}

/** The groups that the reader may know of, and the way to a new one. */
export function GroupsView({ search, onSearch, onOpen }: GroupsViewProps) {
  const { client } = usePageServices();
  const tell = useToast();
  const [creates, setCreates] = useState(false);
  const groups = useInfiniteQuery(groupsQuery(client, { search }));
  const { mayCreate, mayBeTop } = useMayCreate();
  const [first] = groups.data?.pages ?? [];
  if (groups.isPending) return <ListSkeleton label="Loading the groups" />;
  if (!first) {
    return (
      <RefusedNotice
        what="groups"
        onlyFor="people who may read"
        reading
        error={groups.error ?? new Error('The server sent no page of groups.')}
        onRetry={() => groups.refetch()}
      />
    );
  }
  const onCreated = ({ name, path }: GroupDetails) => {
    tell(`The group ${name} is made.`);
    onOpen(path);
  };
  const create = (
    <Button look="primary" onClick={() => setCreates(true)}>
      <Plus aria-hidden size={14} />
      New group
    </Button>
  );
  const rows = groups.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <PageSection
      title="Groups"
      about="A group is the namespace of its projects. Its members, tokens and protected tiers hold for all that lies in it."
      actions={mayCreate ? create : undefined}
    >
      {groups.isError ? (
        <FailureBar
          title="What is shown may be old."
          why={failureText(groups.error)}
          onRetry={() => groups.refetch()}
        />
      ) : null}
      {rows.length === 0 && search === '' ? (
        <NoGroups mayCreate={mayCreate} />
      ) : (
        <>
          <ListSearch
            label="Search groups"
            placeholder="Search names and paths"
            value={search}
            onChange={onSearch}
            count={countText(first.total, 'group')}
          />
          {rows.length === 0 ? (
            <NothingHere>No group has “{search}” in its name or path.</NothingHere>
          ) : (
            <GroupTable label="Groups" groups={rows} />
          )}
        </>
      )}
      <LoadMore
        hasMore={groups.hasNextPage}
        loading={groups.isFetchingNextPage}
        onMore={() => groups.fetchNextPage()}
      />
      {creates ? (
        <GroupDialog parent="" mayBeTop={mayBeTop} onClose={() => setCreates(false)} onCreated={onCreated} />
      ) : null}
    </PageSection>
  );
}

/** At the top administrators make groups, elsewhere who maintains one. */
function useMayCreate() {
  const { client } = usePageServices();
  const session = useSession();
  const mayBeTop = session?.scopes.includes('admin') ?? false;
  const asks = mayWrite(session) && !mayBeTop;
  const parents = useQuery({ ...parentsQuery(client, ''), enabled: asks });
  return { mayBeTop, mayCreate: mayBeTop || (asks && (parents.data?.total ?? 0) > 0) };
}

function NoGroups({ mayCreate }: { mayCreate: boolean }) {
  return (
    <NothingHere>
      There is no group yet.{' '}
      {mayCreate
        ? 'Make one for a team or a product. Projects that are reported in its namespace belong to it by themselves.'
        : 'Administrators make groups. Until there is one, projects stand for themselves.'}
    </NothingHere>
  );
}
