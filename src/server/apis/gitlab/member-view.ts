import type { Member } from '../../features/members/member-types.ts';
import { dayOf } from './day.ts';
import { userBasicView } from './user-view.ts';

/** GitLab's Member: the user, and what it may do. */
export function memberView({ user, level, expiresAt, createdAt, createdBy }: Member, baseUrl: string) {
  return {
    ...userBasicView(user, baseUrl),
    access_level: level,
    created_at: new Date(createdAt).toISOString(),
    ...(createdBy ? { created_by: userBasicView(createdBy, baseUrl) } : {}),
    expires_at: dayOf(expiresAt),
    membership_state: 'active',
  };
}
