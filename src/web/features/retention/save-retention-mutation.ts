import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RetentionClient } from '../../../client/retention-client.ts';
import type { RetentionRequest } from '../../../contract/retention.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { retentionQuery } from './retention-query.ts';

/** Keeps things longer or shorter. */
export function useSaveRetention() {
  const { client } = usePageServices();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (days: RetentionRequest) => new RetentionClient(client.requests).change(days),
    onSuccess: (list) => cache.setQueryData(retentionQuery(client).queryKey, list),
  });
}
