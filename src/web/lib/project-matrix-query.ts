import { queryOptions } from '@tanstack/react-query';
import type { PageServices } from './page-services.tsx';
import { projectParts } from './project-name.ts';

/** The matrix of one project: at most one row, with a column for each environment that it was deployed to. */
export function projectMatrixQuery({ client, live }: PageServices, path: string) {
  return queryOptions({
    queryKey: ['project-matrix', path],
    queryFn: ({ signal }) => {
      // Another node than the one that told of an event may answer, before it has heard of it.
      const position = live.position();
      return client.matrix(
        { ...projectParts(path), ...(position === undefined ? {} : { after: String(position) }) },
        signal,
      );
    },
  });
}
