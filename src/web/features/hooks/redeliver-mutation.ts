import { useMutation, useQueryClient } from '@tanstack/react-query';
import { usePageServices } from '../../lib/page-services.tsx';

/** Sends a delivery again now. Answers the new one, whether that was taken or not. */
export function useRedeliver(hook: number) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (delivery: number) => client.redeliver(hook, delivery),
    onSuccess: async () => {
      cache.invalidateQueries({ queryKey: ['hooks'] });
      // Awaited: the new one is then in the list, to be opened.
      await cache.invalidateQueries({ queryKey: ['hook deliveries', hook] });
    },
  });
}
