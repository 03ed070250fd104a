import type { AuditAction } from '../../../contract/audit-actions.ts';
import { type AuditAuthor, type AuditEntry, type Deed, onServer } from '../../log/audit-log.ts';
import type { User, UserChange } from './user-types.ts';

/** What somebody did with a user, without any password. */
export function userEntry(
  at: number,
  author: AuditAuthor,
  action: AuditAction,
  { username }: { readonly username: string },
  details: AuditEntry['details'] = {},
): AuditEntry {
  return { at, author, ...onServer, action, details: { user: username, ...details } };
}

/** What a change of a user has to be accounted for as; nothing where all stays as it is. */
export function userDeedsOf(before: User, { username, name, email, password, admin }: UserChange): Deed[] {
  const deeds: Deed[] = [];
  const is = { user: username ?? before.username };
  if (username !== undefined && username !== before.username)
    deeds.push({ action: 'user_renamed', details: { from: before.username, to: username } });
  const details = {
    ...(name === undefined || name === before.name ? {} : { name }),
    ...(email === undefined || email === before.email ? {} : { email }),
  };
  if (Object.keys(details).length > 0) deeds.push({ action: 'user_changed', details: { ...is, ...details } });
  if (admin !== undefined && admin !== before.isAdmin)
    deeds.push({ action: admin ? 'user_made_administrator' : 'user_made_no_administrator', details: is });
  if (password !== undefined) deeds.push({ action: 'user_password_reset', details: is });
  return deeds;
}
