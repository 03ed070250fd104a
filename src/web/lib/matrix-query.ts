import { queryOptions } from '@tanstack/react-query';
import type { ShiplogClient } from '../../client/shiplog-client.ts';
import type { Matrix } from '../../contract/matrix.ts';
import { mergeMatrix } from './matrix-merge.ts';

/** The matrix. Once it is here, fetching it again asks only for what changed and merges it. */
export function matrixQuery(client: ShiplogClient) {
  const queryKey = ['matrix'];
  return queryOptions({
    queryKey,
    queryFn: async ({ client: cache, signal }) => {
      const before = cache.getQueryData<Matrix>(queryKey);
      if (!before) return client.matrix({}, signal);
      const changes = await client.matrix({ since: String(before.version) }, signal);
      // An older version than ours: the server was restored from a backup.
      return changes.version < before.version ? client.matrix({}, signal) : mergeMatrix(before, changes);
    },
    // The merge keeps what did not change, down to the slot.
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
}
