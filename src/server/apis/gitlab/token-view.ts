import type { NewTokenFacts, TokenFacts } from '../../features/tokens/token-types.ts';
import { dayOf } from './day.ts';

/** A token as GitLab shows it: without its secret. */
export function tokenView(facts: TokenFacts, now: number) {
  const { id, name, description, scopes, userId, createdAt, expiresAt, lastUsedAt, revokedAt } = facts;
  return {
    id,
    name,
    revoked: revokedAt !== null,
    created_at: new Date(createdAt).toISOString(),
    description,
    scopes,
    user_id: userId,
    last_used_at: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
    active: revokedAt === null && (expiresAt === null || expiresAt > now),
    expires_at: dayOf(expiresAt),
    ...boundView(facts),
  };
}

/** With its secret, which is shown only now. */
export function newTokenView(facts: NewTokenFacts, now: number) {
  return { ...tokenView(facts, now), token: facts.secret };
}

function boundView({ accessLevel, projectId, group, groupId }: TokenFacts) {
  if (projectId === null && group === undefined) return {};
  const isOfProject = projectId !== null;
  return {
    access_level: accessLevel,
    resource_type: isOfProject ? 'project' : 'group',
    resource_id: isOfProject ? projectId : groupId,
  };
}
