import { useMutation } from '@tanstack/react-query';
import { usePageServices } from '../../lib/page-services.tsx';

/** Makes a token that may only report deployments. Its secret is answered once and kept in this view alone. */
export function useCreateFirstToken() {
  const { client } = usePageServices();
  return useMutation({
    mutationFn: () => client.createToken({ name: 'first pipeline', scopes: ['record'] }),
    gcTime: 0,
  });
}
