import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { projectAt } from '../../../contract/project-path.ts';
import { parseActivitySearch } from '../../features/activity/activity-search.ts';
import { ActivityToolbar } from '../../features/activity/activity-toolbar.tsx';
import { ActivityView } from '../../features/activity/activity-view.tsx';
import { NoDeploymentYet } from '../../features/project/no-deployment-yet.tsx';
import { isTyping } from '../../lib/flat-search.ts';
import { nameAt } from '../../lib/project-name.ts';
import { useProjectMatrix } from '../../lib/use-project-matrix.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { promotedFrom } from '../promoted-from.tsx';
import { SlotOverlay, useOpenSlot } from '../slot-overlay.tsx';

/** All that was deployed of one project, newest first; `?slot=` opens the history of one environment. */
export function DeploymentsPage() {
  const { project } = useParams({ from: '/shell/projects/$project/deployments' });
  const flat = useSearch({ from: '/shell/projects/$project/deployments' });
  const navigate = useNavigate({ from: '/projects/$project/deployments' });
  // The same object while its parts are: a drawer that is opened asks for nothing anew.
  const asked = useSearch({
    from: '/shell/projects/$project/deployments',
    select: parseActivitySearch,
    structuralSharing: true,
  });
  const search = useMemo(() => ({ ...asked, ...projectAt(project) }), [asked, project]);
  const matrix = useProjectMatrix(project);
  const onOpen = useOpenSlot();
  return (
    <>
      <PageTitle>{`Deployments of ${nameAt(project)}`}</PageTitle>
      <div className="flex shrink-0 flex-wrap items-center gap-1.5 border-b px-4 py-2">
        <ActivityToolbar
          search={search}
          ofProject={{ environments: matrix.data?.environments ?? [] }}
          onSearch={(patch) => navigate({ search: (before) => ({ ...before, ...patch }), replace: isTyping(patch) })}
        />
      </div>
      <div className="min-h-0 flex-1">
        <ActivityView
          search={search}
          onOpen={onOpen}
          promotedFrom={promotedFrom}
          emptyProject={<NoDeploymentYet project={project} />}
        />
      </div>
      <SlotOverlay search={flat} />
    </>
  );
}
