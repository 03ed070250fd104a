import { Link } from '@tanstack/react-router';
import { FolderGit2 } from 'lucide-react';
import type { RepositoryStanding } from '../../../contract/changes.ts';
import { textLink } from '../../ui/text-link.ts';

interface StandingBarProps {
  readonly standing: RepositoryStanding | undefined;
  /** Whose repository it is, where it is that of one project. */
  readonly project: string | undefined;
}

/** What is not known of the repository, and why; nothing where all is. */
export function StandingBar({ standing, project }: StandingBarProps) {
  const { state = 'ready', reason = null } = standing ?? {};
  if (reason === null) return null;
  return (
    <p
      role="status"
      className={`flex flex-wrap items-center gap-x-2 border-b px-4 py-1.5 text-sm ${state === 'failed' ? 'bg-waiting-tint' : 'bg-surface'}`}
    >
      <FolderGit2 aria-hidden size={14} className={state === 'failed' ? 'text-waiting' : 'text-muted'} />
      <span className="min-w-0 flex-1 break-words">{reason}</span>
      {project === undefined ? null : (
        <Link to="/projects/$project/settings/repository" params={{ project }} className={textLink}>
          {state === 'none' ? 'Connect one' : 'Repository'}
        </Link>
      )}
    </p>
  );
}
