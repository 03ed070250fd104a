import type { UserRequest } from '../../../contract/access.ts';
import type { UserDetails, UserUpdate } from '../../../contract/users.ts';

/** What the form of a user holds while it is filled in. */
export interface UserDraft {
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly admin: boolean;
}

/** The user as the form begins with it; without one, what a new user begins with. */
export function draftOf(user: UserDetails | undefined): UserDraft {
  if (!user) return { username: '', name: '', email: '', admin: false };
  const { username, name, account } = user;
  return { username, name, email: account?.email ?? '', admin: account?.admin ?? false };
}

/** A new user, as it is sent. */
export function requestOf({ username, name, email, admin }: UserDraft): UserRequest {
  return {
    username: username.trim(),
    admin,
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(email.trim() === '' ? {} : { email: email.trim() }),
  };
}

/** What to send of a change: only what the reader changed. */
export function changeOf(draft: UserDraft, begun: UserDraft): UserUpdate {
  const { username, name, email, admin } = draft;
  return {
    ...(username.trim() === begun.username ? {} : { username: username.trim() }),
    ...(name.trim() === begun.name ? {} : { name: name.trim() }),
    ...(email.trim() === begun.email ? {} : { email: email.trim() }),
    ...(admin === begun.admin ? {} : { admin }),
  };
}
