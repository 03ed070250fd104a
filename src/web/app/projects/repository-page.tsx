import { useParams } from '@tanstack/react-router';
import { RepositoryView } from '../../features/repository/repository-view.tsx';
import { nameAt } from '../../lib/project-name.ts';
import { PageTitle } from '../../ui/page-title.tsx';

/** Where the commits of one project are. */
export function RepositoryPage() {
  const { project } = useParams({ from: '/shell/projects/$project/settings/repository' });
  return (
    <>
      <PageTitle>{`Repository of ${nameAt(project)}`}</PageTitle>
      <RepositoryView key={project} project={project} />
    </>
  );
}
