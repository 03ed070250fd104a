import type { Tier } from '../../../contract/tiers.ts';
import type { Principal } from '../../principal.ts';
import type { LiveState } from './change-types.ts';
import type { ProjectViews } from './project-views.ts';
import type { RepositoryStanding } from './repository-standing.ts';
import type { Shipment } from './shipment-types.ts';

/** Who asks, for at most so many of each kind. */
export interface Asker {
  readonly principal: Principal;
  readonly views: ProjectViews;
  readonly limit: number;
}

interface ProjectName {
  readonly namespace: string;
  readonly service: string;
}

/** One thing that a question may mean. */
export interface Candidate {
  readonly kind: 'commit' | 'change' | 'version';
  /** How people name it. */
  readonly label: string;
  readonly title: string | null;
  /** undefined: it is of several projects. */
  readonly project: ProjectName | undefined;
  readonly number: number | null;
  readonly sha: string | null;
  readonly author: string | null;
  readonly webUrl: string | null;
  readonly places: readonly WherePlace[];
}

/** Whether it is in one environment. */
export interface WherePlace {
  readonly project: ProjectName;
  readonly environment: { readonly name: string; readonly tier: Tier };
  readonly state: LiveState;
  /** The first deployment that has it; undefined: none, or it was there before the first one known. */
  readonly first: Shipment | undefined;
  readonly current: Shipment | undefined;
}

/** The same before its deployments were read. */
export interface PlaceFacts extends Omit<WherePlace, 'project' | 'first' | 'current'> {
  readonly project: ProjectName & { readonly id: number };
  readonly firstId: number | undefined;
  readonly currentId: number | undefined;
}

export type Draft = Omit<Candidate, 'places'> & { readonly places: readonly PlaceFacts[] };

export interface Whereabouts {
  readonly candidates: readonly Candidate[];
  /** There are more than are answered. */
  readonly more: boolean;
  readonly standing: RepositoryStanding;
}
