import type { DeploymentEvent } from '../../../contract/deployment-event.ts';

/**
 * connecting    first try
 * live          the stream is up
 * reconnecting  it broke and is tried again
 * refused       the server does not let this reader in: the session ended
 */
export type StreamState = 'connecting' | 'live' | 'reconnecting' | 'refused';

export interface StreamStatus {
  readonly state: StreamState;
  /** When it came to this state, epoch milliseconds. */
  readonly since: number;
}

/** From whoever holds the stream to every tab. */
export type StreamNews =
  | { readonly kind: 'status'; readonly status: StreamStatus }
  | { readonly kind: 'event'; readonly event: DeploymentEvent }
  /** The log is another than before: the server was restored from a backup. */
  | { readonly kind: 'restored' }
  /** The changes of a project, or where they are, are others now. */
  | { readonly kind: 'changes'; readonly project: string };

/** From a tab to whoever holds the stream. */
export type StreamRequest =
  /** A tab has opened: tell it where things stand. */
  | { readonly kind: 'hello' }
  /** Who is signed in has changed: connect anew. */
  | { readonly kind: 'restart' }
  /** A tab closes. */
  | { readonly kind: 'bye' };
