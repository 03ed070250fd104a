import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ChangeSummary } from '../../../contract/changes.ts';
import { nameAt } from '../../lib/project-name.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { toneText } from '../../ui/status-look.ts';
import { personName } from './person-name.ts';
import { changeLook } from './state-look.ts';

interface ChangeLineProps {
  readonly change: ChangeSummary;
  /** Its project is known from the page. */
  readonly ofProject: boolean;
  /** What stands at its right, and below it on a telephone. */
  readonly children: ReactNode;
}

/** One change of a list: what, whose, since when. The whole line leads to it. */
export function ChangeLine({ change, ofProject, children }: ChangeLineProps) {
  const { project, number, reference, title, state, draft, author, merged_at: mergedAt } = change;
  const { icon: Icon, word, tone } = changeLook(state, draft);
  const name = personName(author);
  return (
    <li className="border-b [contain-intrinsic-size:auto_57px] [content-visibility:auto]">
      <Link
        to="/changes/$project/$number"
        params={{ project, number: String(number) }}
        preload={false}
        data-change={`${project}${reference}`}
        className="grid min-h-14 grid-cols-[16px_minmax(0,1fr)] items-center gap-x-3 gap-y-1 px-4 py-2 -outline-offset-2 transition-colors duration-100 hover:bg-hover md:grid-cols-[16px_minmax(0,1fr)_minmax(0,44%)]"
      >
        <Icon aria-hidden size={16} strokeWidth={2} className={`self-start mt-0.5 ${toneText[tone]}`} />
        <span className="min-w-0">
          <span className="flex min-w-0 items-baseline gap-2">
            <span className={`min-w-0 truncate font-medium ${draft && state === 'opened' ? 'text-muted' : ''}`}>
              {title}
            </span>
            <span className="shrink-0 text-muted">{reference}</span>
          </span>
          <span className="flex min-w-0 items-center gap-x-3 text-sm text-muted">
            <span className={`shrink-0 font-medium ${toneText[tone]}`}>
              {word}
              {mergedAt === null ? null : (
                <>
                  {' '}
                  <RelativeTime at={mergedAt} className="font-normal text-muted" />
                </>
              )}
            </span>
            {name === undefined ? null : <span className="max-w-40 truncate text-soft">{name}</span>}
            {ofProject ? null : <span className="min-w-0 truncate">{nameAt(project)}</span>}
          </span>
        </span>
        <span className="min-w-0 max-md:col-start-2">{children}</span>
      </Link>
    </li>
  );
}
