import { Shield, ShieldOff } from 'lucide-react';
import type { UserDetails } from '../../../contract/users.ts';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { PersonCell } from '../../ui/person-cell.tsx';
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
    <PersonCell name={name} username={name === username ? undefined : username}>
      {isMe ? <Tag>You</Tag> : null}
      {account?.admin ? <Tag icon={<Shield aria-hidden size={11} />}>Administrator</Tag> : null}
      {bot ? <Tag>Bot of a token</Tag> : null}
      {state === 'blocked' ? (
        <Tag tone="failed" icon={<ShieldOff aria-hidden size={11} />}>
          Blocked
        </Tag>
      ) : null}
    </PersonCell>
  );
}

function SignedIn({ user: { account, bot } }: { user: UserDetails }) {
  if (bot) return <span className="text-muted">never: it acts for a token</span>;
  if (!account?.signed_in_at) return <span className="text-muted">not yet</span>;
  return <RelativeTime at={account.signed_in_at} className="text-soft" />;
}
