import type { Token, User } from '../../../contract/access.ts';
import type { TokenFacts } from '../../features/tokens/token-types.ts';
import type { CreatedUser } from '../../features/users/user-service.ts';
import { timeText } from './event-view.ts';

/** A token as this API shows it: without its secret. */
export function tokenView(facts: TokenFacts): Token {
  const { id, name, scopes, owner, project, group, accessLevel, createdAt, expiresAt, lastUsedAt, revokedAt } = facts;
  return {
    id,
    name,
    scopes: [...scopes],
    owner,
    ...(project === undefined ? {} : { project }),
    ...(group === undefined ? {} : { group }),
    ...(accessLevel === null ? {} : { access_level: accessLevel }),
    created_at: timeText(createdAt),
    expires_at: expiresAt === null ? null : timeText(expiresAt),
    last_used_at: lastUsedAt === null ? null : timeText(lastUsedAt),
    ...(revokedAt === null ? {} : { revoked_at: timeText(revokedAt) }),
  };
}

/** A user that was just made or given a new password, with the one-time password where one was. */
export function userView({ user, oneTimePassword }: CreatedUser): User {
  return {
    id: user.id,
    username: user.username,
    name: user.name,
    admin: user.is_admin === 1,
    password_change_required: user.must_change_password === 1,
    created_at: timeText(user.created_at),
    ...(oneTimePassword === undefined ? {} : { one_time_password: oneTimePassword }),
  };
}
