import type { Principal } from '../../principal.ts';
import type { Change, ChangeState } from './change-types.ts';

export type ChangeOrder = 'created_at' | 'updated_at' | 'merged_at' | 'title';

/** Which changes. What is absent does not matter; moments in epoch milliseconds. */
export interface ChangeFilter {
  /** Only of projects that it may read. */
  readonly seenBy?: Principal | undefined;
  readonly projectIds?: readonly number[] | undefined;
  /** Only of projects in this group or below it. */
  readonly group?: string | undefined;
  readonly numbers?: readonly number[] | undefined;
  readonly ids?: readonly number[] | undefined;
  readonly states?: readonly ChangeState[] | undefined;
  /** By user name, in whatever case. */
  readonly author?: string | undefined;
  /** By user name or name, in whatever case: of who only wrote commits no user name is known. */
  readonly writtenBy?: string | undefined;
  /** Part of a text that `searchIn` names, or the whole number; all three where it is absent. */
  readonly search?: string | undefined;
  readonly searchIn?: readonly ('title' | 'description' | 'number')[] | undefined;
  readonly sourceBranch?: string | undefined;
  readonly targetBranch?: string | undefined;
  readonly isDraft?: boolean | undefined;
  readonly mergedBy?: string | undefined;
  /** All of them; an empty list means nothing. */
  readonly labels?: readonly string[] | undefined;
  /** true: any label; false: none. */
  readonly hasLabels?: boolean | undefined;
  /** From this moment on. */
  readonly createdAfter?: number | undefined;
  /** Until this moment. */
  readonly createdBefore?: number | undefined;
  readonly updatedAfter?: number | undefined;
  readonly updatedBefore?: number | undefined;
  readonly mergedAfter?: number | undefined;
  readonly mergedBefore?: number | undefined;
  /** What must hold of one and the same link. */
  readonly link?: LinkFilter | undefined;
  readonly orderBy: ChangeOrder;
  readonly direction: 'asc' | 'desc';
}

export interface LinkFilter {
  /** By its exact name. */
  readonly environment?: string | undefined;
  readonly environmentIds?: readonly number[] | undefined;
  readonly deploymentId?: number | undefined;
  /** After this moment, not at it. */
  readonly deployedAfter?: number | undefined;
  /** Before this moment, not at it. */
  readonly deployedBefore?: number | undefined;
}

/** Where a page begins: some rows on, or after one that was shown last, which costs the same however far on it is. */
export type ChangeWindow =
  | { readonly limit: number; readonly offset: number }
  | { readonly limit: number; readonly after: ChangeCursor | undefined };

export interface ChangeCursor {
  readonly value: number | string | null;
  readonly id: number;
}

export interface ChangePage {
  readonly items: readonly Change[];
  readonly hasNext: boolean;
  /** Only with an offset, and not of more than 10,000. */
  readonly total?: number;
}
