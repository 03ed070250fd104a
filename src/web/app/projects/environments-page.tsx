import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { projectAt } from '../../../contract/project-path.ts';
import { parseEnvironmentsSearch } from '../../features/environments/environments-search.ts';
import { EnvironmentsView } from '../../features/environments/environments-view.tsx';
import { isTyping } from '../../lib/flat-search.ts';
import { nameAt } from '../../lib/project-name.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { SlotOverlay, useOpenSlot } from '../slot-overlay.tsx';

/** The environments of one project; `?slot=` opens the history of one. */
export function EnvironmentsPage() {
  const { project } = useParams({ from: '/shell/projects/$project/environments' });
  const flat = useSearch({ from: '/shell/projects/$project/environments' });
  const navigate = useNavigate({ from: '/projects/$project/environments' });
  const search = useMemo(() => parseEnvironmentsSearch(flat), [flat]);
  const onOpen = useOpenSlot();
  return (
    <>
      <PageTitle>{`Environments of ${nameAt(project)}`}</PageTitle>
      <EnvironmentsView
        key={project}
        project={project}
        search={search}
        onSearch={(patch) => navigate({ search: (before) => ({ ...before, ...patch }), replace: isTyping(patch) })}
        onOpen={(environment) => onOpen({ ...projectAt(project), environment })}
      />
      <SlotOverlay search={flat} />
    </>
  );
}
