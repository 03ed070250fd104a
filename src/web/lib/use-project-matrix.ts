import { useQuery } from '@tanstack/react-query';
import { useLiveRefresh } from './live/use-live-refresh.ts';
import { useStreamStatus } from './live/use-stream-status.ts';
import { usePageServices } from './page-services.tsx';
import { projectMatrixQuery } from './project-matrix-query.ts';
import { isOfProject } from './project-name.ts';

/** Without the stream, the page still asks now and then. */
const pollMs = 15_000;

/** What runs where of one project, kept up to date as long as it is shown. */
export function useProjectMatrix(path: string) {
  const live = useStreamStatus().state === 'live';
  const matrix = useQuery({
    ...projectMatrixQuery(usePageServices(), path),
    refetchInterval: live ? false : pollMs,
  });
  useLiveRefresh(matrix, { concerns: (event) => isOfProject(event, path) });
  return matrix;
}
