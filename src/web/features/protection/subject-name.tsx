import { Link } from '@tanstack/react-router';
import { ShieldCheck, UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { Avatar } from '../../ui/avatar.tsx';

/** Whom an entry names. */
export interface Subject {
  readonly kind: 'user' | 'group' | 'level';
  readonly name: string;
  readonly username: string | null;
  readonly group_path: string | null;
}

/** A user, group or level, told apart by its mark. */
export function SubjectName({ subject, linked = false }: { subject: Subject; linked?: boolean }) {
  const { kind, name, username, group_path: path } = subject;
  return (
    <span className="flex max-w-full min-w-0 items-center gap-1.5">
      <SubjectMark subject={subject} />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {linked && path !== null ? (
          <Link to="/settings/groups/$group" params={{ group: path }} className="hover:underline">
            {name}
          </Link>
        ) : (
          name
        )}
        {kind === 'user' && username !== null ? <Quiet>{username}</Quiet> : null}
        {kind === 'group' && path !== null && path !== name ? <Quiet>{path}</Quiet> : null}
      </span>
    </span>
  );
}

function SubjectMark({ subject: { kind, name } }: { subject: Subject }) {
  if (kind === 'user') return <Avatar name={name} />;
  const Icon = kind === 'group' ? UsersRound : ShieldCheck;
  return (
    <span aria-hidden className="flex size-5 shrink-0 items-center justify-center text-muted">
      <Icon size={14} />
    </span>
  );
}

function Quiet({ children }: { children: ReactNode }) {
  return <span className="pl-1.5 text-sm text-muted">{children}</span>;
}
