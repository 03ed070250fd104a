import { randomBytes } from 'node:crypto';
import type { Scope } from '../../../contract/access.ts';
import { accessLevels } from '../../../contract/access-levels.ts';
import { projectPath } from '../../../contract/project-path.ts';
import type { Membership, Principal, Reach } from '../../principal.ts';
import type { MembershipsOf } from '../members/membership-types.ts';
import type { NewBot, TokenRow } from './token-store.ts';
import type { TokenFacts } from './token-types.ts';

/** Who a token speaks for. */
export async function principalOf(row: TokenRow, membershipsOf: MembershipsOf): Promise<Principal> {
  const isPersons = row.user_bot === 0;
  return {
    id: `token:${row.id}`,
    name: isPersons ? row.user_name : row.name,
    username: isPersons ? row.username : null,
    userId: row.user_id,
    scopes: scopesOf(row),
    reach: reachOf(row),
    memberships: row.user_id === null ? impliedMemberships(row) : await membershipsOf(row.user_id),
    mustChangePassword: false,
    expiresAt: row.expires_at,
  };
}

export function factsOf(row: TokenRow): TokenFacts {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    scopes: scopesOf(row),
    owner: row.user_bot === 0 ? row.username : null,
    userId: row.user_id,
    project: row.service === null ? undefined : projectPath({ namespace: row.namespace ?? '', service: row.service }),
    projectId: row.project_id,
    group: row.group_path ?? undefined,
    groupId: row.group_id,
    accessLevel: row.access_level,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  };
}

/** What the bot of a project or group token may do there, where nothing else was asked for: no more than its scopes. */
export function impliedLevel(scopes: readonly Scope[]): number {
  if (scopes.includes('api')) return accessLevels.maintainer;
  return scopes.includes('record') ? accessLevels.developer : accessLevels.reporter;
}

export function newBot(token: Omit<NewBot, 'username'>): NewBot {
  const { kind, id } = token.holder;
  return { ...token, username: `${kind}_${id}_bot_${randomBytes(16).toString('hex')}` };
}

/** A personal token never does more than its user may: admin ends with the user's being one. */
function scopesOf(row: TokenRow): Scope[] {
  const scopes = JSON.parse(row.scopes) as Scope[]; // written by create
  return row.user_is_admin === 0 ? scopes.filter((scope) => scope !== 'admin') : scopes;
}

/** Tokens of before bots have no user: they are members of what they are bound to. */
function impliedMemberships(row: TokenRow): Membership[] {
  const reach = reachOf(row);
  const level = row.access_level ?? impliedLevel(scopesOf(row));
  switch (reach.kind) {
    case 'project':
      return [{ kind: 'project', path: projectPath(reach), level }];
    case 'group':
      return [{ kind: 'group', path: reach.namespace, level }];
    case 'all':
      return [];
    default:
      return reach satisfies never;
  }
}

function reachOf({ namespace, service, group_path }: TokenRow): Reach {
  if (service !== null) return { kind: 'project', namespace: namespace ?? '', service };
  return group_path === null ? { kind: 'all' } : { kind: 'group', namespace: group_path };
}
