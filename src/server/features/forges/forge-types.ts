import type { ForgeKind } from '../../../contract/repositories.ts';

/** Whose changes are read from where. Moments in epoch milliseconds. */
export interface ForgeSource {
  readonly projectId: number;
  readonly kind: ForgeKind;
  /** Its API's base address, without a slash at its end. */
  readonly url: string;
  /** The project's path there. */
  readonly project: string;
  readonly sealedToken: string;
  /** The folder that the project is limited to; empty: it is not. */
  readonly path: string;
  /** Changes updated until then were read; null: none were. */
  readonly syncedAt: number | null;
}

/** Its changes could not be read. `message` is for people, and holds nothing secret. */
export class ForgeFailure extends Error {
  /** When to ask again at the earliest, epoch milliseconds; undefined: any time. */
  readonly notBefore: number | undefined;

  constructor(message: string, { cause, notBefore }: { readonly cause?: unknown; readonly notBefore?: number } = {}) {
    super(message, { cause });
    this.name = 'ForgeFailure';
    this.notBefore = notBefore;
  }
}
