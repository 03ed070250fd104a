import { useParams } from '@tanstack/react-router';
import { ProtectionSection } from '../../features/protection/protection-section.tsx';
import { nameAt } from '../../lib/project-name.ts';
import { PageTitle } from '../../ui/page-title.tsx';

/** Who may deploy where in one project, and who must approve it. */
export function ProtectionPage() {
  const { project } = useParams({ from: '/shell/projects/$project/settings/protection' });
  return (
    <>
      <PageTitle>{`Protected environments of ${nameAt(project)}`}</PageTitle>
      <ProtectionSection key={project} holder={{ kind: 'project', path: project }} />
    </>
  );
}
