import { useNavigate, useSearch } from '@tanstack/react-router';
import { userGroups } from '../../features/users/users-search.ts';
import { UsersView } from '../../features/users/users-view.tsx';
import { listOf, textOf } from '../../lib/flat-search.ts';
import { PageTitle } from '../../ui/page-title.tsx';

/** The users of the server; `?q=` and `?show=` find some of them. */
export function UsersPage() {
  const search = useSearch({ from: '/shell/settings/users' });
  const navigate = useNavigate({ from: '/settings/users' });
  const [show = 'all'] = listOf(search, 'show', userGroups);
  const shown = { q: textOf(search, 'q') ?? '', show };
  return (
    <>
      <PageTitle>Users</PageTitle>
      <UsersView
        search={shown}
        onSearch={(change) => {
          const next = { ...shown, ...change };
          const flat = { q: next.q || undefined, show: next.show === 'all' ? undefined : next.show };
          navigate({ search: flat, replace: change.q !== undefined });
        }}
      />
    </>
  );
}
