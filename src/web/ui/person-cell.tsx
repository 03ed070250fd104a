import type { ReactNode } from 'react';
import { Avatar } from './avatar.tsx';

interface PersonCellProps {
  readonly name: string;
  /** Below the name; absent: it says nothing new. */
  readonly username?: string | undefined;
  /** Tags beside the name. */
  readonly children?: ReactNode;
}

/** Somebody in a table. */
export function PersonCell({ name, username, children }: PersonCellProps) {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Avatar name={name} size={24} />
      <span className="min-w-0">
        <span className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
          {name}
          {children}
        </span>
        {username === undefined ? null : <span className="block text-sm font-normal text-muted">{username}</span>}
      </span>
    </span>
  );
}
