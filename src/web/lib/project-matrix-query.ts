import { queryOptions } from '@tanstack/react-query';
import { projectAt } from '../../contract/project-path.ts';
import type { PageServices } from './page-services.tsx';

/** The matrix of one project: at most one row, with a column for each environment that it was deployed to. */
export function projectMatrixQuery({ client, live }: PageServices, path: string) {
  return queryOptions({
    queryKey: ['project-matrix', path],
    queryFn: ({ signal }) => {
      // Another node than the one that told of an event may answer, before it has heard of it.
      const position = live.position();
      return client.matrix(
        { ...projectAt(path), ...(position === undefined ? {} : { after: String(position) }) },
        signal,
      );
    },
  });
}
