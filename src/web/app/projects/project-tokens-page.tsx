import { useParams } from '@tanstack/react-router';
import { TokenSection } from '../../features/tokens/token-section.tsx';
import { nameAt } from '../../lib/project-name.ts';
import { PageTitle } from '../../ui/page-title.tsx';

/** The tokens of one project. */
export function ProjectTokensPage() {
  const { project } = useParams({ from: '/shell/projects/$project/settings/tokens' });
  return (
    <>
      <PageTitle>{`Tokens of ${nameAt(project)}`}</PageTitle>
      <div>
        <TokenSection key={project} holder={{ kind: 'project', path: project }} />
      </div>
    </>
  );
}
