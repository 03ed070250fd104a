import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ProtectedEnvironmentsClient } from '../../../client/protected-environments-client.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { ownerOf, type ProtectionHolder } from './protection-holder.ts';
import { concerned } from './save-protection-mutation.ts';

/** Takes a protection away. */
export function useUnprotect(holder: ProtectionHolder) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => new ProtectedEnvironmentsClient(client.requests).unprotect(ownerOf(holder), name),
    onSettled: () => cache.invalidateQueries({ predicate: ({ queryKey: [area] }) => concerned.has(String(area)) }),
  });
}
