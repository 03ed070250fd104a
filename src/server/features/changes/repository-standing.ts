import type { RepositoryState } from '../repositories/repository-types.ts';

/** What an answer could be made of. */
export interface RepositoryStanding {
  readonly state: 'none' | 'waiting' | 'failed' | 'ready';
  /** For people: what is not known and why; null: there is nothing to say. */
  readonly reason: string | null;
}

/** As much of a repository's state as its standing follows from. */
export type StandingFacts = Pick<RepositoryState, 'fetchedAt' | 'error' | 'isShallow'>;

const none: RepositoryStanding = {
  state: 'none',
  reason:
    'No git repository is connected, so it is not known which commits a deployment ships. Connecting one shows the merge and pull requests in each environment, what each deployment ships and takes out, and what waits.',
};
const waiting: RepositoryStanding = {
  state: 'waiting',
  reason: 'The repository was connected and is still being read for the first time.',
};
const shallow: RepositoryStanding = {
  state: 'ready',
  reason: 'The remote has only a part of its history: commits before that are not known.',
};
const ready: RepositoryStanding = { state: 'ready', reason: null };

/** How the repository of one project does; undefined: it has none. */
export function standingOf(facts: StandingFacts | undefined): RepositoryStanding {
  if (!facts) return none;
  const { fetchedAt, error, isShallow } = facts;
  if (error !== null) {
    const rest = fetchedAt === null ? 'Nothing of it is known yet.' : 'What was read before is used.';
    return {
      state: 'failed',
      reason: `The repository could not be read the last time; its maintainers are told why. ${rest}`,
    };
  }
  if (fetchedAt === null) return waiting;
  return isShallow ? shallow : ready;
}

/** The same of many projects, which have as many repositories as are given. */
export function standingOfMany(all: readonly StandingFacts[]): RepositoryStanding {
  const [first, ...others] = all;
  if (!first || others.length === 0) return standingOf(first);
  const failed = all.filter(({ error }) => error !== null).length;
  if (failed > 0) {
    return { state: 'failed', reason: `${failed} of ${all.length} repositories could not be read the last time.` };
  }
  const unread = all.filter(({ fetchedAt }) => fetchedAt === null).length;
  if (unread === all.length) return waiting;
  if (unread === 0) return ready;
  return { state: 'ready', reason: `${unread} of ${all.length} repositories are still being read for the first time.` };
}
