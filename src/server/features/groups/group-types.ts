import { accessLevels } from '../../../contract/access-levels.ts';
import { visibilities } from '../../../contract/visibilities.ts';
import type { Principal, Visibility } from '../../principal.ts';

export interface Group {
  readonly id: number;
  /** From the top: `group/subgroup`. */
  readonly path: string;
  /** What people call it. */
  readonly name: string;
  readonly description: string | null;
  readonly visibility: Visibility;
  /** null at the top. */
  readonly parentId: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface GroupFilter {
  /** Part of its name or path. */
  readonly search?: string | undefined;
  /** Only where the caller is an owner. */
  readonly owned?: boolean | undefined;
  /** Only where the caller is a member, at least at this level. */
  readonly memberFrom?: number | undefined;
  /** Only where the caller has at least this level, which an administrator has in all. */
  readonly levelFrom?: number | undefined;
  readonly topLevel?: boolean | undefined;
  /** Only those right under this path, or with `below` at any depth. */
  readonly parent?: string | undefined;
  readonly below?: boolean | undefined;
  readonly except?: readonly number[] | undefined;
  readonly visibility?: Visibility | undefined;
  readonly orderBy: 'id' | 'name' | 'path';
  readonly sort: 'asc' | 'desc';
}

export interface NewGroup {
  readonly name: string;
  /** The last part of its path. */
  readonly slug: string;
  readonly parentId?: number | undefined;
  readonly description?: string | undefined;
  /** Absent: private. */
  readonly visibility?: Visibility | undefined;
}

/** undefined: stays as it is; null: cleared. */
export interface GroupChange {
  readonly name?: string | undefined;
  readonly slug?: string | undefined;
  readonly description?: string | null | undefined;
  readonly visibility?: Visibility | undefined;
}

/** What is inside a group may not be more open than the group. */
export function isMoreOpen(one: Visibility, other: Visibility): boolean {
  return visibilities.indexOf(one) > visibilities.indexOf(other);
}

/** The path of the group that something lies in; empty at the top. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/** All groups that a path lies in, from the top, without itself. */
export function ancestorsOf(path: string): string[] {
  // A project at the top whose path begins with a slash.
  if (path.lastIndexOf('/') <= 0) return [];
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** The access level of a principal in the group of a path: 0 where it is no member of it or of one above it. */
export function groupLevel({ reach, scopes, memberships }: Principal, path: string): number {
  const isWithin = (namespace: string) => path === namespace || path.startsWith(`${namespace}/`);
  if (reach.kind === 'project' || (reach.kind === 'group' && !isWithin(reach.namespace))) return 0;
  if (scopes.includes('admin')) return accessLevels.admin;
  const own = memberships.filter((member) => member.kind === 'group' && isWithin(member.path));
  return Math.max(0, ...own.map(({ level }) => level));
}
