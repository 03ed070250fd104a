import type { ReadPlace } from '../../log/places.ts';

/** A deployment as it succeeded. */
export interface Shipment {
  readonly id: number;
  readonly place: ReadPlace;
  readonly version: string | null;
  readonly ref: string | null;
  readonly sha: string | null;
  /** When it succeeded; of one that has not all this is the latest that is known. */
  readonly at: number;
  /** Whether it is what runs there now. */
  readonly isLive: boolean;
}

/** What is looked for: a version, whatever its case and with or without a `v`, or the first digits of a sha and no more. */
export type Sought = { readonly version: string } | { readonly sha: string };
