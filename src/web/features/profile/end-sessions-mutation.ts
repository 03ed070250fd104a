import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ProfileClient } from '../../../client/profile-client.ts';
import { ShiplogError } from '../../../client/shiplog-error.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { sessionsQuery } from './sessions-query.ts';

/** Ends sessions one after the other. One that has ended meanwhile is no failure. */
export function useEndSessions() {
  const { client } = usePageServices();
  const cache = useQueryClient();
  const profile = new ProfileClient(client.requests);
  return useMutation({
    mutationFn: async (ids: readonly string[]) => {
      for (const id of ids) {
        await profile.endSession(id).catch((error: unknown) => {
          if (!(error instanceof ShiplogError && error.status === 404)) throw error;
        });
      }
    },
    onSettled: () => cache.invalidateQueries({ queryKey: sessionsQuery(client).queryKey }),
  });
}
