import { useMutation, useQueryClient } from '@tanstack/react-query';
import { usePageServices } from '../../lib/page-services.tsx';
import { hooksQuery } from './hooks-query.ts';

/** Sends a test to a webhook now, and answers how that went. */
export function useTestHook(project: string, hook: number) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => client.testHook(hook),
    onSuccess: () => {
      cache.invalidateQueries({ queryKey: hooksQuery(client, project).queryKey });
      cache.invalidateQueries({ queryKey: ['hook deliveries', hook] });
    },
  });
}
