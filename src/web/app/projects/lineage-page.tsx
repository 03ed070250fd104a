import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lineageLooks, ProjectLineage } from '../../features/lineage/project-lineage.tsx';
import { textOf } from '../../lib/flat-search.ts';
import { nameAt } from '../../lib/project-name.ts';
import { useNarrow } from '../../lib/use-narrow.ts';
import { PageTitle } from '../../ui/page-title.tsx';

/** What was promoted from what; `?view=` is graph or table, which a telephone shows by itself. */
export function LineagePage() {
  const { project } = useParams({ from: '/shell/projects/$project/lineage' });
  const search = useSearch({ from: '/shell/projects/$project/lineage' });
  const navigate = useNavigate({ from: '/projects/$project/lineage' });
  const isNarrow = useNarrow();
  const asked = textOf(search, 'view');
  return (
    <>
      <PageTitle>{`Lineage of ${nameAt(project)}`}</PageTitle>
      <ProjectLineage
        key={project}
        project={project}
        look={lineageLooks.find((look) => look === asked) ?? (isNarrow ? 'table' : 'graph')}
        onLook={(view) => navigate({ search: (before) => ({ ...before, view }), replace: true })}
      />
    </>
  );
}
