import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { IncomingSecretRequest } from '../../../contract/incoming.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { secretsQuery } from './incoming-query.ts';

/** Makes a secret, or stores one that is given. What is secret is answered once. */
export function useCreateSecret(project: string) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  const { queryKey } = secretsQuery(client, project);
  return useMutation({
    mutationFn: (request: IncomingSecretRequest) => client.createIncomingSecret(project, request),
    gcTime: 0,
    onSuccess: ({ secret: _secret, ...facts }) => {
      cache.setQueryData(queryKey, (list) => list && { items: [...list.items, facts] });
      cache.invalidateQueries({ queryKey });
    },
  });
}
