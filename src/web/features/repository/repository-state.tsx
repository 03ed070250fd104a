import type { ReactNode } from 'react';
import type { Repository, RepositoryAnswer } from '../../../contract/repositories.ts';
import { formatDuration } from '../../lib/time-format.ts';
import { useNow } from '../../ui/now.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { statusLook, toneText } from '../../ui/status-look.ts';
import { StatusIcon } from '../../ui/status-mark.tsx';

interface RepositoryStateProps {
  readonly answer: RepositoryAnswer;
  readonly repository: Repository;
  readonly reading: boolean;
}

/** How reading it goes: the last time that went well, and why the last attempt did not. */
export function RepositoryState({ answer, repository, reading }: RepositoryStateProps) {
  const { fetched_at: fetchedAt, failures, default_branch: branch, commit_count: commits, shallow } = repository;
  const error = answer.git_error ?? repository.error;
  const failed = error !== null || failures > 0;
  return (
    <div role="status" className="flex flex-col gap-1 text-sm text-muted">
      <p className="flex flex-wrap items-center gap-x-3">
        {reading ? (
          <Mark like="in-progress">Being read</Mark>
        ) : failed ? (
          <Mark like="failure">{failures > 1 ? `Failed ${failures} times` : 'Failed'}</Mark>
        ) : fetchedAt === null ? (
          <Mark like="queued">Not read yet</Mark>
        ) : (
          <Mark like="success">Up to date</Mark>
        )}
        {fetchedAt === null ? null : (
          <span>
            read <RelativeTime at={fetchedAt} />
          </span>
        )}
        {commits === 0 ? null : <span>{`${commits.toLocaleString()} ${commits === 1 ? 'commit' : 'commits'}`}</span>}
        {branch === null ? null : <span className="font-mono">{branch}</span>}
        {reading ? null : <NextRead at={repository.next_fetch_at} />}
      </p>
      {error === null ? null : <p className="break-words whitespace-pre-line text-failed">{error}</p>}
      {shallow ? (
        <p className="text-waiting">
          The remote has only part of its history: what is older than its first commit is unknown.
        </p>
      ) : null}
    </div>
  );
}

/** The look of a deployment's status, with another word. */
function Mark({ like, children }: { like: string; children: ReactNode }) {
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium ${toneText[statusLook(like).tone]}`}>
      <StatusIcon status={like} size={13} />
      {children}
    </span>
  );
}

function NextRead({ at }: { at: string }) {
  const then = Date.parse(at);
  const text = useNow((now) => (then > now ? `next in ${formatDuration(then - now)}` : 'next at once'));
  return <span>{text}</span>;
}
