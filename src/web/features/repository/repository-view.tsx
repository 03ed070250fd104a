import { useQuery } from '@tanstack/react-query';
import { usePageServices } from '../../lib/page-services.tsx';
import { failureText } from '../../lib/refusal.ts';
import { RefusedNotice } from '../../lib/refused-notice.tsx';
import { useAsked } from '../../lib/use-asked.ts';
import { FailureBar } from '../../ui/notice.tsx';
import { PageSection } from '../../ui/page.tsx';
import { pageHeading } from '../../ui/page-title.tsx';
import { RemoveRepositoryDialog } from './remove-repository-dialog.tsx';
import { RepositoryDialog } from './repository-dialog.tsx';
import { RepositoryEmpty } from './repository-empty.tsx';
import { RepositoryOverview } from './repository-overview.tsx';
import { repositoryQuery } from './repository-query.ts';
import { RepositorySkeleton } from './repository-skeleton.tsx';

/** Where a project's commits are, how reading them goes, and what its maintainers can do about it. */
export function RepositoryView({ project }: { project: string }) {
  const { client } = usePageServices();
  const query = useQuery(repositoryQuery(client, project));
  const { asked, ask, close, done, returnFocus } = useAsked<'change' | 'remove'>(pageHeading);
  if (query.isPending) return <RepositorySkeleton />;
  if (!query.data) {
    return (
      <RefusedNotice
        what="repository"
        of={project}
        onlyFor="reporters of the project"
        reading
        error={query.error}
        onRetry={() => query.refetch()}
      />
    );
  }
  const { repository, may_change: mayChange } = query.data;
  const dialog = { project, onClose: close, returnFocus };
  return (
    <>
      {query.isError ? (
        <FailureBar title="What is shown may be old." why={failureText(query.error)} onRetry={() => query.refetch()} />
      ) : null}
      {repository ? (
        <PageSection title="Repository" about="Where the commits are read from, and how that goes.">
          <RepositoryOverview project={project} answer={query.data} repository={repository} onAct={ask} />
        </PageSection>
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
