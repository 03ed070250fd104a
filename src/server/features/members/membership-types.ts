import type { Membership } from '../../principal.ts';

/** The memberships of a user that hold now. */
export type MembershipsOf = (userId: number) => Promise<readonly Membership[]>;

/** What has members: a group or a project, as somebody sees it who has an access level there. */
export interface Holder {
  readonly kind: 'group' | 'project';
  readonly id: number;
  /** From the top: `group/project`. */
  readonly path: string;
  /** The access level of who asks. */
  readonly level: number;
}

/** One page of a list, and how long the whole is. */
export interface Listed<T> {
  readonly items: readonly T[];
  readonly total: number;
}

export interface Page {
  readonly limit: number;
  readonly offset: number;
}
