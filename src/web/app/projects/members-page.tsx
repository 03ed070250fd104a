import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { MembersSection } from '../../features/members/members-section.tsx';
import { textOf } from '../../lib/flat-search.ts';
import { nameAt } from '../../lib/project-name.ts';
import { PageTitle } from '../../ui/page-title.tsx';

/** Who belongs to a project; `?q=` finds some of them. */
export function MembersPage() {
  const { project } = useParams({ from: '/shell/projects/$project/settings/members' });
  const search = useSearch({ from: '/shell/projects/$project/settings/members' });
  const navigate = useNavigate({ from: '/projects/$project/settings/members' });
  return (
    <>
      <PageTitle>{`Members of ${nameAt(project)}`}</PageTitle>
      <MembersSection
        key={project}
        holder={{ kind: 'project', path: project }}
        search={textOf(search, 'q') ?? ''}
        onSearch={(text) => navigate({ search: { q: text || undefined }, replace: true })}
      />
    </>
  );
}
