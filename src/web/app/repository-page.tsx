import { useParams } from '@tanstack/react-router';
import { RepositoryView } from '../features/repository/repository-view.tsx';
import { ProjectHead } from './project-head.tsx';

/** Where the commits of one project are. */
export function RepositoryPage() {
  const { project } = useParams({ from: '/shell/projects/$project/repository' });
  return (
    <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
      <div className="mx-auto max-w-[1000px] pb-12">
        <ProjectHead project={project} page="Repository" />
        <RepositoryView key={project} project={project} />
      </div>
    </div>
  );
}
