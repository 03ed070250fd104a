import { Link } from '@tanstack/react-router';
import { CalendarClock, Ellipsis, LogOut, UserMinus } from 'lucide-react';
import { useState } from 'react';
import { accessLevels } from '../../../contract/access-levels.ts';
import type { Member } from '../../../contract/members.ts';
import { useSession } from '../../lib/use-session.ts';
import { IconButton } from '../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { PersonCell } from '../../ui/person-cell.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Tag } from '../../ui/tag.tsx';
import { textLink } from '../../ui/text-link.ts';
import { ExpiryDialog } from './expiry-dialog.tsx';
import { ExpiryText } from './expiry-text.tsx';
import type { Holder } from './holder.ts';
import { LevelPick } from './level-pick.tsx';
import { RemoveMemberDialog } from './remove-member-dialog.tsx';

interface MemberTableProps {
  readonly holder: Holder;
  readonly members: readonly Member[];
  /** The reader's own. */
  readonly level: number;
  /** Where the focus goes when the row is gone that had it. */
  readonly returnFocus: () => HTMLElement | null;
}

interface Asked {
  readonly action: 'expiry' | 'remove';
  readonly member: Member;
}

/** Members with their level, since when, until when, and by which group. */
export function MemberTable({ holder, members, level, returnFocus }: MemberTableProps) {
  const me = useSession()?.username;
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  // What is inherited is changed where it is; nobody changes those above them.
  const mayChange = ({ inherited, access_level }: Member) =>
    !inherited && level >= accessLevels.maintainer && access_level <= level;
  const columns: readonly TableColumn<Member>[] = [
    { key: 'name', head: 'Name', cell: (member) => <Name member={member} isMe={member.username === me} /> },
    {
      key: 'level',
      head: 'Level',
      cell: (member) => (
        <LevelPick holder={holder} member={member} highest={mayChange(member) && !member.bot ? level : undefined} />
      ),
    },
    { key: 'of', head: 'Source', cell: (member) => <Source member={member} /> },
    {
      key: 'since',
      head: 'Since',
      hide: 'narrow',
      cell: ({ created_at }) => <RelativeTime at={created_at} className="text-muted" />,
    },
    { key: 'until', head: 'Ends', cell: ({ expires_at }) => <ExpiryText at={expires_at} /> },
  ];
  return (
    <>
      <DataTable
        label={`Members of ${holder.path}`}
        columns={columns}
        rows={members}
        keyOf={({ id }) => id}
        actions={(member) => {
          const leaves = member.username === me && !member.inherited && level > 0;
          if (member.bot || !(leaves || mayChange(member))) return null;
          return (
            <Menu
              align="end"
              trigger={
                <IconButton label={`Actions for ${member.name}`}>
                  <Ellipsis aria-hidden size={16} />
                </IconButton>
              }
            >
              {mayChange(member) ? (
                <MenuItem icon={<CalendarClock size={14} />} onSelect={() => setAsked({ action: 'expiry', member })}>
                  {member.expires_at === null ? 'Let it end on a day' : 'Change when it ends'}
                </MenuItem>
              ) : null}
              <MenuItem
                icon={leaves ? <LogOut size={14} /> : <UserMinus size={14} />}
                onSelect={() => setAsked({ action: 'remove', member })}
              >
                {leaves ? `Leave the ${holder.kind}` : `Remove from the ${holder.kind}`}
              </MenuItem>
            </Menu>
          );
        }}
      />
      {asked?.action === 'expiry' ? <ExpiryDialog holder={holder} member={asked.member} onClose={close} /> : null}
      {asked?.action === 'remove' ? (
        <RemoveMemberDialog
          holder={holder}
          member={asked.member}
          isMe={asked.member.username === me}
          onClose={close}
          returnFocus={returnFocus}
        />
      ) : null}
    </>
  );
}

function Name({ member: { name, username, bot, state }, isMe }: { member: Member; isMe: boolean }) {
  return (
    <PersonCell name={name} username={bot ? undefined : username}>
      {isMe ? <Tag>You</Tag> : null}
      {bot ? <Tag>Bot of a token</Tag> : null}
      {state === 'blocked' ? <Tag tone="failed">Blocked</Tag> : null}
    </PersonCell>
  );
}

function Source({ member: { inherited, of } }: { member: Member }) {
  if (!inherited) return <span className="text-muted">direct</span>;
  return (
    <span className="text-soft">
      group{' '}
      <Link to="/settings/groups/$group" params={{ group: of.path }} search={{}} className={textLink}>
        {of.path}
      </Link>
    </span>
  );
}
