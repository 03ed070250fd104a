import { queryOptions } from '@tanstack/react-query';
import type { Matrix } from '../../contract/matrix.ts';
import { mayMerge, mergeMatrix } from './matrix-merge.ts';
import type { PageServices } from './page-services.tsx';

/** The matrix. Once it is here, fetching it again asks only for what changed and merges it. */
export function matrixQuery({ client, live }: PageServices) {
  const queryKey = ['matrix'];
  return queryOptions({
    queryKey,
    queryFn: async ({ client: cache, signal }) => {
      const before = cache.getQueryData<Matrix>(queryKey);
      // Another node than the one that told of an event may answer, before it has heard of it.
      const position = live.position();
      const after = position === undefined ? {} : { after: String(position) };
      if (!before) return client.matrix(after, signal);
      const changes = await client.matrix({ ...after, since: String(before.version) }, signal);
      if (mayMerge(before, changes)) return mergeMatrix(before, changes);
      return client.matrix(changes.log === before.log ? after : {}, signal);
    },
    // The merge keeps what did not change, down to the slot.
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
}
