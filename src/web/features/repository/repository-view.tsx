import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { usePageServices } from '../../lib/page-services.tsx';
import { FailureBar } from '../../ui/notice.tsx';
import { RemoveRepositoryDialog } from './remove-repository-dialog.tsx';
import { RepositoryDialog } from './repository-dialog.tsx';
import { RepositoryEmpty } from './repository-empty.tsx';
import { RepositoryOverview } from './repository-overview.tsx';
import { repositoryQuery } from './repository-query.ts';
import { RepositoryRefused } from './repository-refused.tsx';
import { RepositorySkeleton } from './repository-skeleton.tsx';

/** Where a project's commits are, how reading them goes, and what its maintainers can do about it. */
export function RepositoryView({ project }: { project: string }) {
  const { client } = usePageServices();
  const query = useQuery(repositoryQuery(client, project));
  const [asked, setAsked] = useState<'change' | 'remove'>();
  const [told, setTold] = useState('');
  const message = useRef<HTMLParagraphElement>(null);
  const isDone = useRef(false);
  const ask = (next: typeof asked) => {
    isDone.current = false;
    setAsked(next);
  };
  const done = (text: string) => {
    isDone.current = true;
    setAsked(undefined);
    setTold(text);
  };
  if (query.isPending) return <RepositorySkeleton />;
  if (!query.data) return <RepositoryRefused project={project} error={query.error} onRetry={() => query.refetch()} />;
  const { repository, may_change: mayChange } = query.data;
  const dialog = {
    project,
    onClose: () => ask(undefined),
    // What was pressed may be gone by what was done: then the outcome takes the focus.
    returnFocus: () => (isDone.current ? message.current : null),
  };
  return (
    <>
      {query.isError ? (
        <FailureBar title="What is shown may be old." error={query.error} onRetry={() => query.refetch()} />
      ) : null}
      <p
        ref={message}
        role="status"
        tabIndex={-1}
        className={told === '' ? 'sr-only' : 'border-b bg-surface px-4 py-2 break-words focus:outline-none'}
      >
        {told}
      </p>
      {repository ? (
        <RepositoryOverview project={project} answer={query.data} repository={repository} onAct={ask} />
      ) : (
        <RepositoryEmpty project={project} answer={query.data} onConnect={() => ask('change')} />
      )}
      {asked === 'change' && mayChange ? (
        <RepositoryDialog
          {...dialog}
          repository={repository}
          onSaved={() => done('The repository is saved, and is being read.')}
        />
      ) : null}
      {asked === 'remove' && repository && repository.url !== null ? (
        <RemoveRepositoryDialog
          {...dialog}
          url={repository.url}
          onRemoved={() => done('The repository is disconnected.')}
        />
      ) : null}
    </>
  );
}
