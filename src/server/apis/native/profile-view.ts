import type { OwnSession, Profile } from '../../../contract/profile.ts';
import type { OwnSession as OwnSessionFacts } from '../../features/sessions/session-service.ts';
import type { User } from '../../features/users/user-types.ts';
import { timeText } from './event-view.ts';

export function profileView({ username, name, email, isAdmin, bot, createdAt }: User): Profile {
  return { username, name, email, admin: isAdmin, bot, created_at: timeText(createdAt) };
}

export function ownSessionView(facts: OwnSessionFacts): OwnSession {
  return {
    id: facts.handle,
    current: facts.isCurrent,
    by_token: facts.byToken,
    user_agent: facts.userAgent,
    created_at: timeText(facts.createdAt),
    seen_at: facts.seenAt === null ? null : timeText(facts.seenAt),
    expires_at: timeText(facts.expiresAt),
  };
}
