import { useParams } from '@tanstack/react-router';
import { FreezesView } from '../../features/freezes/freezes-view.tsx';
import { PageTitle } from '../../ui/page-title.tsx';

/** When one project must not be deployed. */
export function FreezesPage() {
  const { project } = useParams({ from: '/shell/projects/$project/settings/freezes' });
  return (
    <>
      <PageTitle>{`Freeze periods of ${project}`}</PageTitle>
      <FreezesView key={project} project={project} />
    </>
  );
}
