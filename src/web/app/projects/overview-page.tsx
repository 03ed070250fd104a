import { useParams, useSearch } from '@tanstack/react-router';
import { projectAt } from '../../../contract/project-path.ts';
import { OverviewView } from '../../features/project/overview-view.tsx';
import { nameAt } from '../../lib/project-name.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { SlotOverlay, useOpenSlot } from '../slot-overlay.tsx';

/** How one project stands; `?slot=` opens the history of one environment. */
export function OverviewPage() {
  const { project } = useParams({ from: '/shell/projects/$project' });
  const flat = useSearch({ from: '/shell/projects/$project' });
  const onOpen = useOpenSlot();
  return (
    <>
      <PageTitle>{nameAt(project)}</PageTitle>
      <OverviewView
        key={project}
        project={project}
        onOpen={(environment) => onOpen({ ...projectAt(project), environment })}
      />
      <SlotOverlay search={flat} />
    </>
  );
}
