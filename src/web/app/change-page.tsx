import { useParams, useSearch } from '@tanstack/react-router';
import { projectAt } from '../../contract/project-path.ts';
import { ChangeView } from '../features/changes/change-view.tsx';
import { NotThere } from '../lib/not-there.tsx';
import { scrollsPage } from '../ui/page.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { SlotOverlay, useOpenSlot } from './slot-overlay.tsx';

/** One merge or pull request, by the path of its project and its number. */
export function ChangePage() {
  const { project, number } = useParams({ from: '/shell/changes/$project/$number' });
  const search = useSearch({ from: '/shell/changes/$project/$number' });
  const onOpen = useOpenSlot();
  return (
    <>
      <div {...scrollsPage} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <div className="mx-auto max-w-page">
          {/^\d{1,15}$/.test(number) ? (
            <ChangeView
              key={`${project} ${number}`}
              project={project}
              number={Number(number)}
              onOpen={({ environment, deployment }) => onOpen({ ...projectAt(project), environment }, deployment)}
            />
          ) : (
            <>
              <PageTitle>No such change</PageTitle>
              <NotThere title="There is no such change" to="/changes">
                A change has a number; {number} is none.
              </NotThere>
            </>
          )}
        </div>
      </div>
      <SlotOverlay search={search} />
    </>
  );
}
