import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { ChangeView } from '../features/changes/change-view.tsx';
import { matrixQuery } from '../lib/matrix-query.ts';
import { namedProject } from '../lib/named-project.ts';
import { usePageServices } from '../lib/page-services.tsx';
import { EmptyNotice } from '../ui/notice.tsx';
import { scrollsPage } from '../ui/page.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { SlotOverlay, useOpenSlot } from './slot-overlay.tsx';

/** One merge or pull request, by the path of its project and its number. */
export function ChangePage() {
  const { project, number } = useParams({ from: '/shell/changes/$project/$number' });
  const search = useSearch({ from: '/shell/changes/$project/$number' });
  const matrix = useQuery(matrixQuery(usePageServices()));
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
              onOpen={({ environment, deployment }) =>
                onOpen({ ...namedProject(project, matrix.data), environment }, deployment)
              }
            />
          ) : (
            <>
              <PageTitle>No such change</PageTitle>
              <EmptyNotice title="There is no such change">A change has a number; {number} is none.</EmptyNotice>
            </>
          )}
        </div>
      </div>
      <SlotOverlay search={search} />
    </>
  );
}
