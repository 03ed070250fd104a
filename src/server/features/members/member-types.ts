import type { User } from '../users/user-types.ts';

export interface Member {
  readonly user: User;
  readonly level: number;
  readonly expiresAt: number | null;
  readonly createdAt: number;
  readonly createdBy: User | undefined;
}

export interface MemberFilter {
  /** Part of the user name or name. */
  readonly search?: string | undefined;
  readonly userIds?: readonly number[] | undefined;
  readonly exceptUserIds?: readonly number[] | undefined;
}

/** undefined: stays as it is; null: never. */
export interface MemberChange {
  readonly level: number;
  readonly expiresAt?: number | null | undefined;
}
