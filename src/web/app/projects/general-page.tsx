import { useNavigate, useParams } from '@tanstack/react-router';
import { GeneralView } from '../../features/project/general-view.tsx';
import { nameAt } from '../../lib/project-name.ts';
import { PageTitle } from '../../ui/page-title.tsx';

/** The general settings of one project. */
export function GeneralPage() {
  const { project } = useParams({ from: '/shell/projects/$project/settings' });
  const navigate = useNavigate();
  return (
    <>
      <PageTitle>{`General settings of ${nameAt(project)}`}</PageTitle>
      <GeneralView
        path={project}
        onRenamed={(path) =>
          navigate({ to: '/projects/$project/settings', params: { project: path }, search: {}, replace: true })
        }
        onDeleted={() => navigate({ to: '/', search: {}, ignoreBlocker: true })}
      />
    </>
  );
}
