import { Link } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import type { RepositoryStanding } from '../../../contract/changes.ts';
import type { Lag } from '../../../contract/where.ts';
import { countText } from '../../lib/count-text.ts';
import { textLink } from '../../ui/text-link.ts';

interface WaitingCountsProps {
  readonly project: string;
  readonly lags: readonly Lag[];
  readonly repository: RepositoryStanding;
}

/** How many changes and commits wait before each environment, or what would tell. */
export function WaitingCounts({ project, lags, repository }: WaitingCountsProps) {
  const waiting = lags.filter(({ changes, commits }) => Boolean(changes) || Boolean(commits));
  if (repository.state === 'none') {
    return (
      <p className="px-4 text-muted">
        Connect the git repository to see which changes wait.{' '}
        <Link to="/projects/$project/settings/repository" params={{ project }} search={{}} className={textLink}>
          Repository
        </Link>
      </p>
    );
  }
  if (waiting.length === 0) {
    return (
      <p className="px-4 text-muted">{repository.reason ?? 'Each environment has all that the one before it has.'}</p>
    );
  }
  return (
    <ul aria-label="Changes that wait" className="border-t">
      {waiting.map(({ environment, before, changes, commits }) => (
        <li key={environment} className="border-b">
          <Link
            to="/projects/$project/changes"
            params={{ project }}
            search={{ view: 'waiting', environment }}
            className="flex flex-wrap items-center gap-x-2 gap-y-0.5 px-4 py-2 -outline-offset-2 hover:bg-surface"
          >
            <span className="font-medium">{before}</span>
            <ArrowRight aria-label="not in" size={12} className="shrink-0 text-muted" />
            <span className="font-medium">{environment}</span>
            <span className="ml-auto text-sm text-soft">
              {[
                ...(changes ? [countText(changes, 'change')] : []),
                ...(commits ? [countText(commits, 'commit')] : []),
              ].join(' · ')}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
