import { Shield, ShieldOff } from 'lucide-react';
import type { UserDetails } from '../../../contract/users.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Tag } from '../../ui/tag.tsx';
import { type UserAction, UserMenu } from './user-menu.tsx';

interface UserTableProps {
  readonly users: readonly UserDetails[];
  /** The reader's user name. */
  readonly me: string | null | undefined;
  readonly onAct: (action: UserAction, user: UserDetails) => void;
}

/** Users, with what an administrator may do with each. */
export function UserTable({ users, me, onAct }: UserTableProps) {
  const columns: readonly TableColumn<UserDetails>[] = [
    { key: 'name', head: 'User', cell: (user) => <UserName user={user} isMe={user.username === me} /> },
    {
      key: 'email',
      head: 'Email',
      hide: 'narrow',
      cell: ({ account }) => <span className="text-soft">{account?.email ?? ''}</span>,
    },
    { key: 'signed-in', head: 'Signed in', cell: (user) => <SignedIn user={user} /> },
    {
      key: 'created',
      head: 'Created',
      cell: ({ account }) => (account ? <RelativeTime at={account.created_at} className="text-soft" /> : null),
    },
  ];
  return (
    <DataTable
      label="Users"
      columns={columns}
      rows={users}
      keyOf={({ id }) => id}
      actions={(user) =>
        user.bot ? null : <UserMenu user={user} isMe={user.username === me} onAct={(action) => onAct(action, user)} />
      }
    />
  );
}

function UserName({ user: { name, username, account, bot, state }, isMe }: { user: UserDetails; isMe: boolean }) {
  return (
    <span className="flex min-w-0 items-center gap-2.5 max-md:pr-10">
      <Avatar name={name} size={24} />
      <span className="min-w-0">
        <span className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
          {name}
          {isMe ? <Tag>you</Tag> : null}
          {account?.admin ? <Tag icon={<Shield aria-hidden size={11} />}>administrator</Tag> : null}
          {bot ? <Tag>bot of a token</Tag> : null}
          {state === 'blocked' ? (
            <Tag tone="failed" icon={<ShieldOff aria-hidden size={11} />}>
              blocked
            </Tag>
          ) : null}
        </span>
        {name === username ? null : <span className="block text-sm font-normal text-muted">{username}</span>}
      </span>
    </span>
  );
}

function SignedIn({ user: { account, bot } }: { user: UserDetails }) {
  if (bot) return <span className="text-muted">never: it acts for a token</span>;
  if (!account?.signed_in_at) return <span className="text-muted">not yet</span>;
  return <RelativeTime at={account.signed_in_at} className="text-soft" />;
}
