import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { FreezePeriodsClient } from '../../../client/freeze-periods-client.ts';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import type { FreezeDraft } from './freeze-draft.ts';

/** When what the form says would hold, as the server reckons. */
export function previewQuery(client: ShiplogClient, { start, end, zone }: FreezeDraft) {
  const period = { freeze_start: start, freeze_end: end, cron_timezone: zone };
  return queryOptions({
    queryKey: ['freeze-preview', start, end, zone],
    queryFn: ({ signal }) => new FreezePeriodsClient(client.requests).preview(period, signal),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}
