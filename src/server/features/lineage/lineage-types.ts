import type { DeploymentState } from '../../log/fold-deployment.ts';
import type { ReadPlace } from '../../log/places.ts';

/** A deployment in a lineage. */
export interface LineageRecord {
  readonly state: DeploymentState;
  readonly place: ReadPlace;
  readonly isLive: boolean;
}

/** From a parent to what was promoted from it, by their numbers. */
export interface LineageEdge {
  readonly from: number;
  readonly to: number;
}

export interface LineageGraph {
  /** The latest number first. */
  readonly records: readonly LineageRecord[];
  readonly edges: readonly LineageEdge[];
  /** Parents that a deployment names, and that are nothing the caller may see, or of nobody knows which project. */
  readonly unknown: readonly { readonly deployment: number; readonly parent: string }[];
  /** It may go on beyond what is shown. */
  readonly more: boolean;
}

/** What others call a deployment when they name it as their parent. */
export function keyOf({ state: { id, key } }: LineageRecord): string {
  return key ?? String(id);
}

/** The keys that a deployment names as its parents. */
export function parentKeysOf({ state }: LineageRecord): readonly string[] {
  return state.latest.details.parents ?? [];
}
