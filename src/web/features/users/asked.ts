import type { User } from '../../../contract/access.ts';
import type { UserDetails } from '../../../contract/users.ts';
import type { UserAction } from './user-menu.tsx';

/** What the reader is asked or shown by a dialog. */
export type Asked =
  | { readonly action: 'create' }
  | { readonly action: 'password'; readonly user: User; readonly isNew: boolean }
  | { readonly action: UserAction; readonly user: UserDetails };
