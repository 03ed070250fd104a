import type { Repository, RepositoryAnswer } from '../../../contract/repositories.ts';
import { countText } from '../../lib/count-text.ts';
import { formatDuration } from '../../lib/time-format.ts';
import { useNow } from '../../ui/now.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';

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
          <StatusMark status="in-progress" size={13} word="Being read" />
        ) : failed ? (
          <StatusMark status="failure" size={13} word={failures > 1 ? `Failed ${failures} times` : 'Failed'} />
        ) : fetchedAt === null ? (
          <StatusMark status="queued" size={13} word="Not read yet" />
        ) : (
          <StatusMark status="success" size={13} word="Up to date" />
        )}
        {fetchedAt === null ? null : (
          <span>
            read <RelativeTime at={fetchedAt} />
          </span>
        )}
        {commits === 0 ? null : <span>{countText(commits, 'commit')}</span>}
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

function NextRead({ at }: { at: string }) {
  const then = Date.parse(at);
  const text = useNow((now) => (then > now ? `next in ${formatDuration(then - now)}` : 'next at once'));
  return <span>{text}</span>;
}
