import type { Tier } from '../../../contract/tiers.ts';

/** Where a project runs, as people manage it. Moments in epoch milliseconds. */
export interface Environment {
  readonly id: number;
  readonly projectId: number;
  readonly name: string;
  readonly slug: string;
  readonly tier: Tier;
  /** Stopped by somebody, or when it was due; available again with the next deployment that succeeds. */
  readonly state: EnvironmentState;
  readonly externalUrl: string | null;
  readonly description: string | null;
  /** When it is to be stopped by itself; null: never. */
  readonly autoStopAt: number | null;
  readonly autoStopSetting: AutoStopSetting;
  readonly clusterAgentId: number | null;
  readonly kubernetesNamespace: string | null;
  readonly fluxResourcePath: string | null;
  /** Whether only refs that its ref rules name may be deployed there. */
  readonly refsLimited: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export const environmentStates = ['available', 'stopping', 'stopped'] as const;
/** Nothing of ours takes time to stop: `stopping` is asked for, and never found. */
export type EnvironmentState = Exclude<(typeof environmentStates)[number], 'stopping'>;

export const autoStopSettings = ['always', 'with_action'] as const;
export type AutoStopSetting = (typeof autoStopSettings)[number];

export interface EnvironmentFilter {
  readonly name?: string | undefined;
  /** Part of the name, in whatever case. */
  readonly search?: string | undefined;
  readonly state?: (typeof environmentStates)[number] | undefined;
}

/** undefined: stays as it is; null: cleared. */
export interface EnvironmentChange {
  readonly tier?: Tier | undefined;
  readonly externalUrl?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly autoStop?: AutoStop | undefined;
  readonly autoStopSetting?: AutoStopSetting | undefined;
  readonly clusterAgentId?: number | null | undefined;
  readonly kubernetesNamespace?: string | null | undefined;
  readonly fluxResourcePath?: string | null | undefined;
}

/** At a moment, or so long after now; null: never. */
export type AutoStop = { readonly at: number | null } | { readonly inMs: number };
