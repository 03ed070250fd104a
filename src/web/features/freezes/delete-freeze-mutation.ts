import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FreezePeriodsClient } from '../../../client/freeze-periods-client.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { concerned } from './concerned-queries.ts';

/** Deletes a freeze period. */
export function useDeleteFreeze(project: string) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => new FreezePeriodsClient(client.requests).delete(project, id),
    onSettled: () => cache.invalidateQueries(concerned),
  });
}
