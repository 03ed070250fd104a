import { useParams } from '@tanstack/react-router';
import { FreezesView } from '../../features/freezes/freezes-view.tsx';
import { nameAt } from '../../lib/project-name.ts';
import { PageTitle } from '../../ui/page-title.tsx';

/** When one project must not be deployed. */
export function FreezesPage() {
  const { project } = useParams({ from: '/shell/projects/$project/settings/freezes' });
  return (
    <>
      <PageTitle>{`Freeze periods of ${nameAt(project)}`}</PageTitle>
      <FreezesView key={project} project={project} />
    </>
  );
}
