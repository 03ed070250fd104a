import { useMutation, useQueryClient } from '@tanstack/react-query';
import { usePageServices } from '../../lib/page-services.tsx';
import { secretsQuery } from './incoming-query.ts';

/** Forgets a secret: what is proven by it is refused from now on. */
export function useDeleteSecret(project: string) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  const { queryKey } = secretsQuery(client, project);
  return useMutation({
    mutationFn: (id: number) => client.deleteIncomingSecret(project, id),
    onSuccess: (_, id) => {
      cache.setQueryData(queryKey, (list) => list && { items: list.items.filter((secret) => secret.id !== id) });
    },
    onSettled: () => {
      cache.invalidateQueries({ queryKey });
    },
  });
}
