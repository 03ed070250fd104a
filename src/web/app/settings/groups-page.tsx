import { useNavigate, useSearch } from '@tanstack/react-router';
import { GroupsView } from '../../features/groups/groups-view.tsx';
import { textOf } from '../../lib/flat-search.ts';
import { PageTitle } from '../../ui/page-title.tsx';

/** The groups of the server; `?q=` finds some of them. */
export function GroupsPage() {
  const search = useSearch({ from: '/shell/settings/groups' });
  const navigate = useNavigate({ from: '/settings/groups' });
  return (
    <>
      <PageTitle>Groups</PageTitle>
      <GroupsView
        search={textOf(search, 'q') ?? ''}
        onSearch={(text) => navigate({ search: { q: text || undefined }, replace: true })}
        onOpen={(path) => navigate({ to: '/settings/groups/$group', params: { group: path }, search: {} })}
      />
    </>
  );
}
