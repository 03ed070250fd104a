import type { Status } from '../../contract/statuses.ts';

/** The API an event came by. */
export type Dialect = 'native' | 'gitlab' | 'github';

/** What a report said, beside the facts that place it. null: not said. */
export interface Details {
  readonly version: string | null;
  readonly runUrl: string | null;
  readonly runNumber: number | null;
  readonly actor: string | null;
  readonly ref: string | null;
  readonly sha: string | null;
  readonly parents: readonly string[] | null;
  /** Whether ref is a tag. */
  readonly tag: boolean | null;
  readonly description: string | null;
  readonly kind: DeploymentKind | null;
}

/** What sort of change a deployment is, where its tool says so. */
export const deploymentKinds = ['planned', 'hotfix', 'rollback', 'config', 'unknown'] as const;
export type DeploymentKind = (typeof deploymentKinds)[number];

/**
 * What the server found remarkable about a report that it records all the same, since the record must not lie.
 *   unapproved  it went to a protected environment without the approvals that are needed there
 *   frozen      it went while the project was frozen
 */
export type EventFlag = 'unapproved' | 'frozen';

/** What is not told is null. */
export function completeDetails(told: Partial<Details>): Details {
  return {
    version: told.version ?? null,
    runUrl: told.runUrl ?? null,
    runNumber: told.runNumber ?? null,
    actor: told.actor ?? null,
    ref: told.ref ?? null,
    sha: told.sha ?? null,
    parents: told.parents ?? null,
    tag: told.tag ?? null,
    description: told.description ?? null,
    kind: told.kind ?? null,
  };
}

/** How a deployment was asked for, where somebody asked a tool to carry it out. */
export interface RequestFacts {
  /** What the tool is to do: `deploy`, or a word of the tool's own. */
  readonly task: string;
  /** For the tool: any JSON, kept as it is. */
  readonly payload: unknown;
  /** The environment goes away when it is no longer needed. */
  readonly transient: boolean;
  /** End users use it. */
  readonly production: boolean;
}

/** What is said of one status, beside the details, which accumulate. */
export interface StatusNote {
  readonly description: string | null;
  readonly environmentUrl: string | null;
  /** The environment as the caller named it; null: that of the deployment. */
  readonly environment: string | null;
}

/** What few events have. It is not folded. */
export interface EventExtra {
  /** With the first event of a deployment that was asked for. */
  readonly request?: RequestFacts;
  readonly note?: StatusNote;
}

/** One fact about one deployment, as stored. Moments are epoch milliseconds. */
export interface LogEvent {
  readonly position: number;
  readonly id: string;
  readonly deploymentId: number;
  readonly projectId: number;
  readonly environmentId: number;
  readonly status: Status;
  /** The word the dialect used. */
  readonly word: string;
  readonly dialect: Dialect;
  readonly happenedAt: number;
  readonly receivedAt: number;
  readonly clockSkew: boolean;
  /** The key that the deployment goes by, also where the caller named it by its number; null: it has none. */
  readonly deploymentKey: string | null;
  readonly reporter: string | null;
  /** The user whose request it was; null for a token without one. */
  readonly userId: number | null;
  readonly flags: readonly EventFlag[];
  /** A deletion takes its deployment out of all projections, until something new is told of it. */
  readonly act: 'report' | 'delete';
  readonly details: Details;
  readonly extra: EventExtra | null;
}
