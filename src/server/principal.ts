import type { Scope } from '../contract/access.ts';
import { accessLevels } from '../contract/access-levels.ts';
import { projectPath } from '../contract/project-path.ts';
import type { visibilities } from '../contract/visibilities.ts';

/** Who is asking, what they may do, and to which projects. */
export interface Principal {
  /** Names the asker in keys of limits and idempotency: `token:7`, `user:1`, `admin-token`, `anonymous`. */
  readonly id: string;
  readonly name: string | null;
  readonly username: string | null;
  readonly userId: number | null;
  readonly scopes: readonly Scope[];
  readonly reach: Reach;
  /** Where it is a member, itself or through the user it acts for. */
  readonly memberships: readonly Membership[];
  readonly mustChangePassword: boolean;
  /** When the token it came by ends, epoch milliseconds; null: not by itself, as a user does not. */
  readonly expiresAt: number | null;
}

/** The projects a principal may touch at all. What lies outside does not exist for it. */
export type Reach =
  | { readonly kind: 'all' }
  | { readonly kind: 'group'; readonly namespace: string }
  | { readonly kind: 'project'; readonly namespace: string; readonly service: string };

/** A member of a group is one of all groups and projects below it. */
export interface Membership {
  readonly kind: 'group' | 'project';
  readonly path: string;
  readonly level: number;
}

/** What decides who may do what in a project. */
export interface ProjectAccess {
  readonly namespace: string;
  readonly service: string;
  readonly visibility: Visibility;
  /** The level that every signed-in user has, unless the project is private. */
  readonly everyoneLevel: number;
}

export type Visibility = (typeof visibilities)[number];

/**
 * What a route asks of its caller. Each route declares one where it is registered.
 *   public     anyone
 *   read       may read; everyone may where the server runs with public read
 *   record     may report deployments
 *   record-all may report deployments of any project: what concerns the whole server
 *   write      may change what is not a report
 *   admin      may administer the server
 *   signed-in  anyone known, whatever they may do
 */
export type AccessRule = 'public' | 'read' | 'record' | 'record-all' | 'write' | 'admin' | 'signed-in';

const sufficientScopes: Readonly<Record<Exclude<AccessRule, 'public' | 'signed-in'>, readonly Scope[]>> = {
  read: ['read_api', 'api', 'admin'],
  record: ['record', 'api', 'admin'],
  'record-all': ['record', 'api', 'admin'],
  write: ['api', 'admin'],
  admin: ['admin'],
};

export const anonymous: Principal = {
  id: 'anonymous',
  name: null,
  username: null,
  userId: null,
  scopes: [],
  reach: { kind: 'all' },
  memberships: [],
  mustChangePassword: false,
  expiresAt: null,
};

/** Whether a principal's scopes, and its reach where the rule is about all projects, satisfy a rule. */
export function satisfies({ scopes, reach }: Principal, rule: Exclude<AccessRule, 'public' | 'signed-in'>): boolean {
  if (rule === 'record-all' && reach.kind !== 'all') return false;
  return sufficientScopes[rule].some((scope) => scopes.includes(scope));
}

/**
 * The access level of a principal in a project: 0 where it may not even know of it. The highest of its memberships
 * there and in the groups above, and of what everyone may; an administrator's is 60.
 */
export function levelOn(principal: Principal, project: ProjectAccess): number {
  const { reach, scopes, memberships } = principal;
  if (!reaches(reach, project)) return 0;
  if (scopes.includes('admin')) return accessLevels.admin;
  const own = memberships.filter((member) => covers(member, project)).map(({ level }) => level);
  const everyone = project.visibility === 'private' ? 0 : everyonesLevel(principal, project);
  return Math.max(everyone, 0, ...own);
}

/** Whether a principal may read of a project: who is let in without signing in reads what is not private. */
export function sees(principal: Principal, project: ProjectAccess): boolean {
  return levelOn(principal, project) >= accessLevels.reporter;
}

/** Whether nothing at all is hidden from a principal. */
export function seesEverything({ reach, scopes }: Principal): boolean {
  return reach.kind === 'all' && scopes.includes('admin');
}

function everyonesLevel(principal: Principal, { everyoneLevel }: ProjectAccess): number {
  return principal === anonymous ? accessLevels.reporter : Math.max(everyoneLevel, accessLevels.reporter);
}

/** Whether a membership counts in a project. */
export function covers({ kind, path }: Membership, project: Pick<ProjectAccess, 'namespace' | 'service'>): boolean {
  if (kind === 'project') return path === projectPath(project);
  return project.namespace === path || project.namespace.startsWith(`${path}/`);
}

/** Whether a project lies within reach. A group reaches its sub-groups too. */
export function reaches(reach: Reach, project: { readonly namespace: string; readonly service: string }): boolean {
  switch (reach.kind) {
    case 'all':
      return true;
    case 'group':
      return project.namespace === reach.namespace || project.namespace.startsWith(`${reach.namespace}/`);
    case 'project':
      return project.namespace === reach.namespace && project.service === reach.service;
    default:
      return reach satisfies never;
  }
}

/**
 * Who starts a deployment where the dialect has no word for it: the user that asks. A token of a project or group is
 * called by its own name, since that of its bot says nothing.
 */
export function actorOf({ username, name }: Pick<Principal, 'username' | 'name'>): string | null {
  return username ?? name;
}
