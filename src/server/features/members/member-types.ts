import type { User } from '../users/user-types.ts';
import type { Holder } from './membership-types.ts';

export interface Member {
  readonly user: User;
  readonly level: number;
  readonly expiresAt: number | null;
  readonly createdAt: number;
  readonly createdBy: User | undefined;
  /** What it is a membership of: what was asked for, or a group around that. */
  readonly of: Pick<Holder, 'kind' | 'path'>;
}

export interface MemberFilter {
  /** Part of the user name or name. */
  readonly search?: string | undefined;
  readonly userIds?: readonly number[] | undefined;
  readonly exceptUserIds?: readonly number[] | undefined;
}

/** null: never. */
export interface NewMember {
  readonly level: number;
  readonly expiresAt?: number | null | undefined;
}

/** undefined: stays as it is; null: never. */
export interface MemberChange {
  readonly level?: number | undefined;
  readonly expiresAt?: number | null | undefined;
}
