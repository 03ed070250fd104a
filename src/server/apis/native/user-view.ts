import type { UserDetails } from '../../../contract/users.ts';
import type { User } from '../../features/users/user-types.ts';
import { type Principal, satisfies } from '../../principal.ts';
import { timeText } from './event-view.ts';

/** What everyone signed in may know of a user. */
export function userFactsView({ id, username, name, state, bot }: User) {
  return { id, username, name, state, bot };
}

/** A user as one principal sees it: administrators see the account of each, others their own. */
export function userDetailsView(user: User, principal: Principal): UserDetails {
  const isOpen = satisfies(principal, 'admin') || principal.userId === user.id;
  const { email, isAdmin: admin, createdAt, signedInAt } = user;
  const account = {
    email,
    admin,
    created_at: timeText(createdAt),
    signed_in_at: signedInAt === null ? null : timeText(signedInAt),
  };
  return { ...userFactsView(user), account: isOpen ? account : null };
}
