import type { UserDetails } from '../../../contract/users.ts';
import { Avatar } from '../../ui/avatar.tsx';

/** A user in a list to choose from. */
export function UserOption({ user: { name, username } }: { user: UserDetails }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Avatar name={name} />
      <span className="truncate">{name}</span>
      <span className="truncate text-sm text-muted">{username}</span>
    </span>
  );
}
