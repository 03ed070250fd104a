import { useInfiniteQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useRef, useState } from 'react';
import { accessLevels } from '../../../contract/access-levels.ts';
import { countText } from '../../lib/count-text.ts';
import { mayOnlyRead } from '../../lib/may-write.ts';
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
import { AddMemberDialog } from './add-member-dialog.tsx';
import type { Holder } from './holder.ts';
import { MemberTable } from './member-table.tsx';
import { membersQuery } from './members-query.ts';

interface MembersSectionProps {
  readonly holder: Holder;
  /** Part of a name, to find members by. */
  readonly search: string;
  readonly onSearch: (text: string) => void;
}

/** Who belongs to a project or group, itself or by a group around it, and what they may do. */
export function MembersSection({ holder, search, onSearch }: MembersSectionProps) {
  const { client } = usePageServices();
  const session = useSession();
  const [adds, setAdds] = useState(false);
  const addButton = useRef<HTMLButtonElement>(null);
  const members = useInfiniteQuery(membersQuery(client, holder, search));
  const [first] = members.data?.pages ?? [];
  if (members.isPending) return <ListSkeleton label="Loading the members" />;
  if (!first) {
    return (
      <RefusedNotice
        what="members"
        of={holder.path}
        onlyFor={`members of the ${holder.kind}`}
        reading
        error={members.error ?? new Error('The server sent no page of members.')}
        onRetry={() => members.refetch()}
      />
    );
  }
  const level = mayOnlyRead(session) ? 0 : first.access_level;
  const isManager = level >= accessLevels.maintainer;
  const rows = members.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <PageSection
      title="Members"
      about={aboutOf(holder)}
      actions={
        isManager ? (
          <Button ref={addButton} look="primary" onClick={() => setAdds(true)}>
            <UserPlus aria-hidden size={14} />
            Add a member
          </Button>
        ) : undefined
      }
    >
      {members.isError ? (
        <FailureBar
          title="What is shown may be old."
          why={failureText(members.error)}
          onRetry={() => members.refetch()}
        />
      ) : null}
      <ListSearch
        label="Search members"
        placeholder="Search names"
        value={search}
        onChange={onSearch}
        count={countText(first.total, 'member')}
      />
      {rows.length === 0 ? (
        <NothingHere>{search === '' ? nobody : `Nobody has “${search}” in their name.`}</NothingHere>
      ) : (
        <MemberTable holder={holder} members={rows} level={level} returnFocus={() => addButton.current} />
      )}
      <LoadMore
        hasMore={members.hasNextPage}
        loading={members.isFetchingNextPage}
        onMore={() => members.fetchNextPage()}
      />
      {adds ? <AddMemberDialog holder={holder} level={level} members={rows} onClose={() => setAdds(false)} /> : null}
    </PageSection>
  );
}

const nobody = 'Nobody is a member yet. Administrators may do everything all the same.';

function aboutOf({ kind }: Holder): string {
  if (kind === 'group') return 'Members of a group have their level in every group and project in it.';
  return 'Members of the groups around a project belong to it, too.';
}
