import { useInfiniteQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useRef, useState } from 'react';
import { usePageServices } from '../../lib/page-services.tsx';
import { failureText } from '../../lib/refusal.ts';
import { RefusedNotice } from '../../lib/refused-notice.tsx';
import { useSession } from '../../lib/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { EmptyNotice, FailureBar } from '../../ui/notice.tsx';
import { Outdated } from '../../ui/outdated.tsx';
import { PageSection } from '../../ui/page.tsx';
import type { Asked } from './asked.ts';
import { UserDialogs } from './user-dialogs.tsx';
import { UserTable } from './user-table.tsx';
import { UserToolbar } from './user-toolbar.tsx';
import { usersQuery } from './users-query.ts';
import { filterOf, type UsersSearch } from './users-search.ts';

interface UsersViewProps {
  readonly search: UsersSearch;
  readonly onSearch: (change: Partial<UsersSearch>) => void;
}

/** The users of the server, for administrators. */
export function UsersView({ search, onSearch }: UsersViewProps) {
  const { client } = usePageServices();
  const session = useSession();
  const isAdmin = session?.scopes.includes('admin') ?? false;
  const [asked, setAsked] = useState<Asked>();
  const createButton = useRef<HTMLButtonElement>(null);
  const users = useInfiniteQuery({ ...usersQuery(client, filterOf(search)), enabled: isAdmin || !session?.signed_in });
  const [first] = users.data?.pages ?? [];
  if (session?.signed_in && !isAdmin) {
    return (
      <EmptyNotice title="Only administrators see the users">
        Ask one of them for an account for somebody, or for a new password. Whom you may add to a project, its members
        page finds by their names.
      </EmptyNotice>
    );
  }
  if (users.isPending) return <ListSkeleton label="Loading the users" rows={6} />;
  if (!first) {
    return (
      <RefusedNotice
        what="users"
        onlyFor="administrators"
        error={users.error ?? new Error('The server sent no page of users.')}
        onRetry={() => users.refetch()}
      />
    );
  }
  const rows = users.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <PageSection
      title="Users"
      about="Who may sign in. What each may do in a project, the members of the project and of its groups say."
      actions={
        <Button ref={createButton} look="primary" onClick={() => setAsked({ action: 'create' })}>
          <UserPlus aria-hidden size={14} />
          New user
        </Button>
      }
    >
      {users.isError ? (
        <FailureBar title="What is shown may be old." why={failureText(users.error)} onRetry={() => users.refetch()} />
      ) : null}
      <UserToolbar search={search} total={first.total} onSearch={onSearch} />
      <Outdated when={users.isPlaceholderData}>
        {rows.length === 0 ? (
          <NothingHere>No user is like that.</NothingHere>
        ) : (
          <UserTable users={rows} me={session?.username} onAct={(action, user) => setAsked({ action, user })} />
        )}
      </Outdated>
      <LoadMore hasMore={users.hasNextPage} loading={users.isFetchingNextPage} onMore={() => users.fetchNextPage()} />
      <UserDialogs asked={asked} me={session?.username} onAsk={setAsked} returnFocus={() => createButton.current} />
    </PageSection>
  );
}
