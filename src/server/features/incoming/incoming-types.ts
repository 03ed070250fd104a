import type { IncomingSource, IncomingState } from '../../../contract/incoming.ts';
import type { ToldChange } from '../changes/change-types.ts';
import type { Report } from '../deployments/deployment-service.ts';

/** Of one project, whatever became of them and whatever their age: each may be as large as 1 MiB. */
export const mostIncomingOfProject = 1000;

/** A webhook as it came. */
export interface Arrival {
  readonly source: IncomingSource;
  /** What it is about, in the word of its source. */
  readonly event: string;
  /** Tells a repeat of it from another. */
  readonly key: string;
  /** Without secrets. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One that is stored. Moments in epoch milliseconds. */
export interface Delivery extends Arrival {
  readonly id: number;
  readonly projectId: number;
  readonly receivedAt: number;
  readonly state: IncomingState;
  /** Why it failed. */
  readonly reason: string | null;
  /** null while it waits. */
  readonly settledAt: number | null;
}

/** A project by its names, as they are now. */
export interface Names {
  readonly namespace: string;
  readonly service: string;
}

export type ClaimedDelivery = Delivery & Names;

/** A fact about a deployment; which project it is about is not for the sender to say. */
export type ToldFact = Omit<Report, 'namespace' | 'service' | 'projectId' | 'deploymentId'>;

/**
 * What a delivery says.
 *   fact     something happened to a deployment
 *   change   what a merge or pull request is now
 *   push     the repository has other commits, branches or tags than before
 *   nothing  only a greeting
 *   kept     it is about something that is not recorded, and worth keeping
 */
export type Meaning =
  | { readonly kind: 'fact'; readonly fact: ToldFact }
  | { readonly kind: 'change'; readonly change: ToldChange }
  | { readonly kind: 'push' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'kept' };

/** Understands what came from one source. Throws a ShiplogFault that says what cannot be understood. */
export type Interpret = (delivery: Arrival & Pick<Delivery, 'receivedAt'>) => Meaning;
export type Interpreters = Readonly<Record<IncomingSource, Interpret>>;

export type Settled = Exclude<IncomingState, 'waiting'>;

/** What became of a delivery. */
export interface Outcome {
  readonly state: Settled;
  /** Why it failed. */
  readonly reason: string | null;
  /** Something happened to a deployment, and is recorded. */
  readonly isRecorded: boolean;
}

export interface DeliveryFilter {
  readonly state?: IncomingState | undefined;
  readonly limit: number;
  /** Only those before this one. */
  readonly before?: number | undefined;
}

export interface SecretFacts {
  readonly id: number;
  readonly projectId: number;
  readonly source: IncomingSource;
  readonly createdAt: number;
}
