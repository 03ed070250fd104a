import type { Commits } from '../repositories/history-types.ts';
import type { Landings } from './landings.ts';
import type { Reach } from './lanes.ts';
import type { DeploymentContents, TrackedLanes } from './presence-types.ts';

/** A deployment that succeeded, with its commit. */
export interface KnownSuccess {
  readonly deploymentId: number;
  readonly n: number;
}

/** What a deployment's contents follow from. */
export interface ContentsFacts {
  readonly lanes: TrackedLanes;
  readonly landings: Landings;
  readonly reach: Reach;
  /** Those there before it whose commit is known, in order. */
  readonly earlier: readonly KnownSuccess[];
  /** All that those contain. */
  readonly ever: Commits;
}

const nothing = { commits: [], removed: [], ships: [], takesOut: [], bringsBack: [], reverts: [] } as const;

/** Of a deployment whose commit is not known. */
export const unknownContents: DeploymentContents = { kind: 'unknown', previous: null, n: null, ...nothing };

/** What a deployment of commit `n` changed in its environment. */
export function contentsOf(n: number, { lanes, landings, reach, earlier, ever }: ContentsFacts): DeploymentContents {
  const previous = earlier.at(-1) ?? null;
  if (!previous && !lanes.repository.linksFirst) return { kind: 'baseline', previous, n, ...nothing };
  const now = reach(n);
  const before = previous ? reach(previous.n) : noCommits;
  return {
    kind: 'shipped',
    previous,
    n,
    commits: lanes.between(previous?.n ?? null, n),
    removed: previous ? lanes.between(n, previous.n) : [],
    ...sortedChanges(landings, { before, now, ever }),
  };
}

const noCommits: Commits = { has: () => false };

interface Moments {
  readonly before: Commits;
  readonly now: Commits;
  readonly ever: Commits;
}

function sortedChanges(landings: Landings, { before, now, ever }: Moments) {
  const sorted = {
    ships: [] as number[],
    takesOut: [] as number[],
    bringsBack: [] as number[],
    reverts: [] as number[],
  }; // filled below
  for (const id of landings.changeIds) {
    const [was, is] = [landings.containment(id, before), landings.containment(id, now)];
    if (was === is) continue;
    const isNew = was === 'absent' && landings.containment(id, ever) === 'absent';
    // It may come with its own revert: the first that contains it shipped it all the same.
    if (isNew) sorted.ships.push(id);
    if (is === 'live' && !isNew) sorted.bringsBack.push(id);
    if (is !== 'live' && (was === 'live' || isNew)) sorted[is === 'absent' ? 'takesOut' : 'reverts'].push(id);
  }
  return sorted;
}
