import { useParams } from '@tanstack/react-router';
import { ProtectionSection } from '../../features/protection/protection-section.tsx';
import { PageTitle } from '../../ui/page-title.tsx';

/** Who may deploy where in one project, and who must approve it. */
export function ProtectionPage() {
  const { project } = useParams({ from: '/shell/projects/$project/settings/protection' });
  return (
    <>
      <PageTitle>{`Protected environments of ${project}`}</PageTitle>
      <ProtectionSection key={project} holder={{ kind: 'project', path: project }} />
    </>
  );
}
