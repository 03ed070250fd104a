import type { Scope } from '../../../contract/access.ts';

export interface TokenFacts {
  readonly id: number;
  readonly name: string;
  readonly description: string | null;
  readonly scopes: readonly Scope[];
  /** User name of the person whose token it is; null for one that acts for a bot. */
  readonly owner: string | null;
  /** The person or bot that it acts for. */
  readonly userId: number | null;
  /** Path of the project it is bound to. */
  readonly project: string | undefined;
  readonly projectId: number | null;
  readonly group: string | undefined;
  readonly groupId: number | null;
  /** What its bot may do there; null for a personal one. */
  readonly accessLevel: number | null;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
}

/** With the secret: it is not stored, and shown only now. */
export type NewTokenFacts = TokenFacts & { readonly secret: string };

export interface TokenFilter {
  readonly revoked?: boolean | undefined;
  /** Neither revoked nor expired. */
  readonly active?: boolean | undefined;
  /** Part of the name. */
  readonly search?: string | undefined;
  readonly createdAfter?: number | undefined;
  readonly createdBefore?: number | undefined;
  readonly expiresAfter?: number | undefined;
  readonly expiresBefore?: number | undefined;
  readonly lastUsedAfter?: number | undefined;
  readonly lastUsedBefore?: number | undefined;
}

/** Whose tokens: those of people, of one of them, of one project, or of one group. */
export type TokenHome =
  | { readonly kind: 'people'; readonly userId: number | undefined }
  | { readonly kind: 'project'; readonly id: number }
  | { readonly kind: 'group'; readonly path: string };
