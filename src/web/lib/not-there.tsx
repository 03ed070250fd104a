import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { buttonLook } from '../ui/button.tsx';
import { EmptyNotice } from '../ui/notice.tsx';

const ways = {
  '/': 'Go to the matrix',
  '/activity': 'Go to the activity',
  '/changes': 'Go to the changes',
  '/settings/groups': 'Go to the groups',
} as const;

interface NotThereProps {
  readonly title: string;
  /** Where others of its kind are; absent: the matrix. */
  readonly to?: keyof typeof ways;
  /** Why that may be. */
  readonly children: ReactNode;
}

/** What the address names is not there, or not for the reader: why, and the way on. */
export function NotThere({ title, to = '/', children }: NotThereProps) {
  return (
    <EmptyNotice title={title}>
      <p className="pb-3">{children}</p>
      <Link to={to} search={{}} className={buttonLook('plain')}>
        {ways[to]}
      </Link>
    </EmptyNotice>
  );
}
