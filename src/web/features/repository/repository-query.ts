import { queryOptions } from '@tanstack/react-query';
import type { ShiplogClient } from '../../../client/shiplog-client.ts';
import type { RepositoryAnswer } from '../../../contract/repositories.ts';

/** While it is being read, and while all is quiet. */
const pollMs = { busy: 1500, quiet: 15_000 } as const;

/** Where a project's commits are, and how reading them goes, which no event tells. */
export function repositoryQuery(client: ShiplogClient, project: string) {
  return queryOptions({
    queryKey: ['repository', project],
    queryFn: ({ signal }) => client.repository(project, signal),
    refetchInterval: ({ state }) => (isDueWithin(pollMs.quiet, state.data) ? pollMs.busy : pollMs.quiet),
  });
}

/** Whether the server reads it now, or will at once. */
export function isBeingRead(answer: RepositoryAnswer): boolean {
  return isDueWithin(0, answer);
}

function isDueWithin(ms: number, answer: RepositoryAnswer | undefined): boolean {
  if (!answer?.repository || answer.git_error !== null) return false;
  return Date.parse(answer.repository.next_fetch_at) <= Date.now() + ms;
}
