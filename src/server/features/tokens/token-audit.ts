import type { Scope } from '../../../contract/access.ts';
import { type AuditAuthor, type AuditEntry, onServer, placeOf } from '../../log/audit-log.ts';
import type { TokenRow } from './token-store.ts';

type Deed = 'token_created' | 'token_rotated' | 'token_revoked';

/** Whose token it is: a project's or group's, or else that of a user with this name. */
type Home =
  | { readonly kind: 'project' | 'group'; readonly id: number }
  | { readonly kind: 'user'; readonly user: string };

interface Told {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: number | null;
}

/** What somebody did with a token, without its secret. That of a user belongs to no project. */
export function tokenEntry(at: number, author: AuditAuthor, action: Deed, home: Home, token: Told): AuditEntry {
  const { name, scopes, expiresAt } = token;
  return {
    at,
    author,
    ...(home.kind === 'user' ? onServer : placeOf(home)),
    action,
    details: {
      token: name,
      ...(home.kind === 'user' ? { user: home.user } : {}),
      scopes: scopes.join(', '),
      ends: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    },
  };
}

/** Whose token one is that is stored. */
export function tokenHome({ project_id, group_id, username }: TokenRow): Home {
  if (project_id !== null) return { kind: 'project', id: project_id };
  if (group_id !== null) return { kind: 'group', id: group_id };
  return { kind: 'user', user: username ?? '' };
}
