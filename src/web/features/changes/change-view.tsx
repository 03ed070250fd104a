import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { ChangeDetails, DeploymentMark } from '../../../contract/changes.ts';
import { NotThere } from '../../lib/not-there.tsx';
import { usePageServices } from '../../lib/page-services.tsx';
import { nameAt } from '../../lib/project-name.ts';
import { failureText, isStatus } from '../../lib/refusal.ts';
import { changePollMs, useChangeNews } from '../../lib/use-change-news.ts';
import { FailureBar, FailurePage } from '../../ui/notice.tsx';
import { sectionTitle } from '../../ui/page.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ChangeFacts } from './change-facts.tsx';
import { ChangeHead } from './change-head.tsx';
import { changeQuery } from './change-query.ts';
import { ChangeSkeleton } from './change-skeleton.tsx';
import { CommitTable } from './commit-table.tsx';
import { Ladder } from './ladder.tsx';
import { StandingBar } from './standing-bar.tsx';

interface ChangeViewProps {
  readonly project: string;
  readonly number: number;
  /** Opens the history of the lane, at the deployment. */
  readonly onOpen: (deployment: DeploymentMark) => void;
}

/** One merge or pull request: where it is, since when, and by which deployment. */
export function ChangeView(props: ChangeViewProps) {
  const { project, number } = props;
  const { client } = usePageServices();
  const query = useQuery({ ...changeQuery(client, project, number), refetchInterval: changePollMs });
  useChangeNews(query, project);
  const asked = isStatus(query.error, 404) ? 'No such change' : `Change ${number} of ${nameAt(project)}`;
  return (
    <>
      <PageTitle>{query.data ? `${query.data.reference} ${query.data.title}` : asked}</PageTitle>
      <Loaded {...props} query={query} />
    </>
  );
}

function Loaded({ project, number, onOpen, query }: ChangeViewProps & { query: UseQueryResult<ChangeDetails> }) {
  if (query.isPending) return <ChangeSkeleton />;
  const change = query.data;
  if (!change) {
    return isStatus(query.error, 404) ? (
      <NotThere title="There is no such change here" to="/changes">
        Nothing told of number {number} in {nameAt(project)}, or you are not a member of it.
      </NotThere>
    ) : (
      <FailurePage
        title="The change could not be loaded"
        why={failureText(query.error)}
        onRetry={() => query.refetch()}
      />
    );
  }
  return (
    <article aria-label={`${change.reference} ${change.title}`}>
      {query.isError ? (
        <FailureBar title="What is shown may be old." why={failureText(query.error)} onRetry={() => query.refetch()} />
      ) : null}
      <ChangeHead change={change} />
      {change.repository.state === 'none' ? null : <StandingBar standing={change.repository} project={project} />}
      <div className="grid gap-x-10 px-4 lg:grid-cols-[minmax(0,1fr)_280px]">
        <div className="min-w-0">
          <Ladder change={change} onOpen={onOpen} />
          {change.description ? (
            <section aria-labelledby="change-description" className="pb-8">
              <h2 id="change-description" className={`pb-2 ${sectionTitle}`}>
                Description
              </h2>
              <p className="max-h-96 max-w-measure overflow-y-auto break-words whitespace-pre-line text-soft">
                {change.description}
              </p>
            </section>
          ) : null}
          <CommitTable commits={change.commits} />
        </div>
        <ChangeFacts change={change} />
      </div>
    </article>
  );
}
