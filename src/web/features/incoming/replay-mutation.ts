import { useMutation, useQueryClient } from '@tanstack/react-query';
import { usePageServices } from '../../lib/page-services.tsx';
import { incomingDeliveryQuery } from './incoming-query.ts';

/** Has what came in understood anew. What that comes to is known a moment later. */
export function useReplay(project: string) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => client.replayIncoming(id),
    onSuccess: (delivery) => {
      const { queryKey } = incomingDeliveryQuery(client, delivery.id);
      cache.setQueryData(queryKey, (before) => before && { ...before, ...delivery });
      cache.invalidateQueries({ queryKey });
      cache.invalidateQueries({ queryKey: ['incoming', project] });
    },
  });
}
