import { useMutation, useQueryClient } from '@tanstack/react-query';
import { usePageServices } from '../../lib/page-services.tsx';

/** Makes a token that may only report deployments. Its secret is answered once and kept in this view alone. */
export function useCreatePipelineToken() {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => client.createToken({ name: 'pipeline', scopes: ['record'] }),
    gcTime: 0,
    onSuccess: () => {
      cache.invalidateQueries({ queryKey: ['tokens'] });
    },
  });
}
