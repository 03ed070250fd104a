import type { OwnSession } from '../../../contract/profile.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Tag } from '../../ui/tag.tsx';
import { browserName } from './browser-name.ts';

const columns: readonly TableColumn<OwnSession>[] = [
  {
    key: 'browser',
    head: 'Browser',
    cell: ({ user_agent, current }) => (
      <span className="inline-flex max-w-full flex-wrap items-center gap-2">
        <span className="[overflow-wrap:anywhere]">{browserName(user_agent)}</span>
        {current ? <Tag tone="success">This one</Tag> : null}
      </span>
    ),
  },
  { key: 'by', head: 'Signed in with', cell: ({ by_token }) => (by_token ? 'a token' : 'the password') },
  { key: 'began', head: 'Began', cell: ({ created_at }) => <RelativeTime at={created_at} className="text-muted" /> },
  {
    key: 'seen',
    head: 'Last used',
    cell: ({ seen_at }) => (seen_at === null ? null : <RelativeTime at={seen_at} className="text-muted" />),
  },
  { key: 'ends', head: 'Ends', cell: ({ expires_at }) => <RelativeTime at={expires_at} className="text-muted" /> },
];

/** Each session by its browser. The one that the reader is in ends by signing out. */
export function SessionTable({
  sessions,
  onEnd,
}: {
  sessions: readonly OwnSession[];
  onEnd: (session: OwnSession) => void;
}) {
  if (sessions.length === 0) return <NothingHere>You are signed in nowhere.</NothingHere>;
  return (
    <DataTable
      label="Your sessions"
      columns={columns}
      rows={sessions}
      keyOf={({ id }) => id}
      actions={(session) =>
        session.current ? null : (
          <Button aria-label={`End the session of ${browserName(session.user_agent)}`} onClick={() => onEnd(session)}>
            End
          </Button>
        )
      }
    />
  );
}
