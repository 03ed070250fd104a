import type { Scope } from '../contract/access.ts';

/** Who is asking, what they may do, and to which projects. */
export interface Principal {
  /** Names the asker in keys of limits and idempotency: `token:7`, `user:1`, `admin-token`, `anonymous`. */
  readonly id: string;
  readonly name: string | null;
  readonly username: string | null;
  readonly userId: number | null;
  readonly scopes: readonly Scope[];
  readonly reach: Reach;
  readonly mustChangePassword: boolean;
  /** When the token it came by ends, epoch milliseconds; null: not by itself, as a user does not. */
  readonly expiresAt: number | null;
}

/** The projects a principal may touch at all. What lies outside does not exist for it. */
export type Reach =
  | { readonly kind: 'all' }
  | { readonly kind: 'group'; readonly namespace: string }
  | { readonly kind: 'project'; readonly namespace: string; readonly service: string };

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
  mustChangePassword: false,
  expiresAt: null,
};

/** Whether a principal's scopes, and its reach where the rule is about all projects, satisfy a rule. */
export function satisfies({ scopes, reach }: Principal, rule: Exclude<AccessRule, 'public' | 'signed-in'>): boolean {
  if (rule === 'record-all' && reach.kind !== 'all') return false;
  return sufficientScopes[rule].some((scope) => scopes.includes(scope));
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

/** How a project is named to people. */
export function projectPath({ namespace, service }: { readonly namespace: string; readonly service: string }): string {
  return namespace === '' ? service : `${namespace}/${service}`;
}

/** `namespace/service` or `service`, as its two parts: the service is what follows the last slash. */
export function splitProjectPath(path: string): { namespace: string; service: string } {
  const slash = path.lastIndexOf('/');
  return { namespace: slash === -1 ? '' : path.slice(0, slash), service: path.slice(slash + 1) };
}
