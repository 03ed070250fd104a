import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FreezePeriodsClient } from '../../../client/freeze-periods-client.ts';
import type { FreezePeriod } from '../../../contract/freeze-periods.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { concerned } from './concerned-queries.ts';
import { changeOf, type FreezeDraft, requestOf } from './freeze-draft.ts';

interface FreezeEdit {
  readonly draft: FreezeDraft;
  /** What the form began with. */
  readonly begun: FreezeDraft;
}

/** Changes a freeze period, or makes one where there is none yet. */
export function useSaveFreeze(project: string, period: FreezePeriod | undefined) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  const periods = new FreezePeriodsClient(client.requests);
  return useMutation({
    mutationFn: ({ draft, begun }: FreezeEdit) =>
      period ? periods.change(project, period.id, changeOf(draft, begun)) : periods.create(project, requestOf(draft)),
    onSuccess: () => cache.invalidateQueries(concerned),
  });
}
