import { useMutation, useQueryClient } from '@tanstack/react-query';
import { usePageServices } from '../../lib/page-services.tsx';
import { hooksQuery } from './hooks-query.ts';

/** Deletes a webhook with its deliveries. */
export function useDeleteHook(project: string) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  const { queryKey } = hooksQuery(client, project);
  return useMutation({
    mutationFn: (id: number) => client.deleteHook(id),
    onSuccess: (_, id) => {
      cache.setQueryData(queryKey, (list) => list && { ...list, items: list.items.filter((hook) => hook.id !== id) });
    },
    onSettled: () => {
      cache.invalidateQueries({ queryKey });
    },
  });
}
