import type { DeploymentDetails, LaneNeighbour } from '../../../contract/deployment-details.ts';
import { shortVersion } from '../../lib/short-version.ts';

/** A deployment of the same lane, as short as it can be named. */
export function neighbourName({ version, sha, ref, deployment }: LaneNeighbour): string {
  const named = {
    ...(version === null ? {} : { version }),
    ...(sha === null ? {} : { sha }),
    ...(ref === null ? {} : { ref }),
  };
  return Object.keys(named).length === 0 ? `deployment ${deployment}` : shortVersion(named);
}

/** What it means for its environment, in one or two words; undefined where its status says it all. */
export function standingWord({ live, rolled_back: rolledBack, succeeded_at: succeeded, after }: DeploymentDetails) {
  if (live) return { word: 'Runs there now', tone: 'success' } as const;
  if (succeeded === null) return undefined;
  if (rolledBack) return { word: 'Rolled back', tone: 'waiting' } as const;
  return after ? ({ word: 'Replaced', tone: 'neutral' } as const) : undefined;
}

/** How long its present attempt took, from its start, or from its first event; undefined while it goes on. */
export function durationMs({ started_at: started, finished_at: finished }: DeploymentDetails): number | undefined {
  return started === null || finished === null ? undefined : Date.parse(finished) - Date.parse(started);
}
