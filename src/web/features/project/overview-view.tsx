import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { projectAt } from '../../../contract/project-path.ts';
import { type Attempt, groupAttempts } from '../../lib/attempts.ts';
import { useEventFeed } from '../../lib/event-feed.ts';
import { useLiveRefresh } from '../../lib/live/use-live-refresh.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { isOfProject } from '../../lib/project-name.ts';
import { failureText } from '../../lib/refusal.ts';
import { RefusedNotice } from '../../lib/refused-notice.tsx';
import { useChangeNews } from '../../lib/use-change-news.ts';
import { useProjectMatrix } from '../../lib/use-project-matrix.ts';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { FailureBar } from '../../ui/notice.tsx';
import { useNow, wholeMinute } from '../../ui/now.tsx';
import { PageSection } from '../../ui/page.tsx';
import { ConcernList } from './concern-list.tsx';
import { concernsOf } from './concerns.ts';
import { EnvironmentCards, environmentsToShow } from './environment-cards.tsx';
import { FreezeLine } from './freeze-line.tsx';
import { NoDeploymentYet } from './no-deployment-yet.tsx';
import { knownEnvironmentsQuery, projectBehindQuery } from './project-queries.ts';
import { RecentDeployments } from './recent-deployments.tsx';
import { WaitingCounts } from './waiting-counts.tsx';

interface OverviewViewProps {
  readonly project: string;
  /** Opens the history of what was deployed to an environment. */
  readonly onOpen: (environment: string) => void;
}

const mostRecent = 10;

/** How a project stands: what is broken and since when, what runs where, what came last, what waits. */
export function OverviewView({ project, onOpen }: OverviewViewProps) {
  const { client } = usePageServices();
  const matrix = useProjectMatrix(project);
  const environments = useQuery(knownEnvironmentsQuery(client, project));
  // What succeeds may be in a new environment, or in one that was stopped.
  useLiveRefresh(environments, {
    concerns: (event) => event.status === 'success' && isOfProject(event, project),
  });
  const attempts = useAttempts(project);
  const now = useNow(wholeMinute);
  const { shown, left } = useMemo(
    () => environmentsToShow(matrix.data, environments.data?.items),
    [matrix.data, environments.data],
  );
  const behind = useQuery(projectBehindQuery(client, project));
  useChangeNews(behind, project);
  if (matrix.isPending) return <ListSkeleton label="Loading the project" rows={6} />;
  if (!matrix.data) {
    return (
      <RefusedNotice
        what="deployments"
        of={project}
        onlyFor="members from reporter on"
        reading
        error={matrix.error}
        onRetry={() => matrix.refetch()}
      />
    );
  }
  const deployed = matrix.data.columns.length;
  const lags = behind.data?.items ?? [];
  return (
    <>
      {matrix.isError ? (
        <FailureBar
          title="What is shown may be old."
          why={failureText(matrix.error)}
          onRetry={() => matrix.refetch()}
        />
      ) : null}
      {deployed === 0 ? (
        <NoDeploymentYet project={project} />
      ) : (
        <PageSection title="Now">
          <FreezeLine project={project} />
          <ConcernList concerns={concernsOf(matrix.data, attempts, now)} deployed={deployed} />
        </PageSection>
      )}
      {shown.length === 0 ? null : (
        <PageSection
          title="Environments"
          actions={left > 0 ? <More to="environments" project={project}>{`${left} more`}</More> : null}
        >
          <EnvironmentCards project={project} environments={shown} lags={lags} onOpen={onOpen} />
        </PageSection>
      )}
      {deployed === 0 ? null : (
        <div className="mt-6 grid grid-cols-[minmax(0,1fr)] gap-y-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:gap-x-4">
          <div>
            <PageSection
              title="Last deployments"
              actions={
                <More to="deployments" project={project}>
                  All
                </More>
              }
            >
              <RecentDeployments attempts={attempts.slice(0, mostRecent)} />
            </PageSection>
          </div>
          <div>
            <PageSection
              title="Changes that wait"
              actions={
                <More to="changes" project={project}>
                  All
                </More>
              }
            >
              {behind.data ? (
                <WaitingCounts project={project} lags={lags} repository={behind.data.repository} />
              ) : behind.isError ? (
                <FailureBar
                  title="What waits could not be loaded."
                  why={failureText(behind.error)}
                  onRetry={() => behind.refetch()}
                />
              ) : (
                <ListSkeleton label="Loading what waits" rows={2} />
              )}
            </PageSection>
          </div>
        </div>
      )}
    </>
  );
}

function useAttempts(project: string): readonly Attempt[] {
  const query = useMemo(() => projectAt(project), [project]);
  const { events } = useEventFeed(query);
  return useMemo(() => groupAttempts(events), [events]);
}

interface MoreProps {
  readonly to: 'environments' | 'deployments' | 'changes';
  readonly project: string;
  readonly children: ReactNode;
}

function More({ to, project, children }: MoreProps) {
  return (
    <Link
      to={`/projects/$project/${to}`}
      params={{ project }}
      search={{}}
      aria-label={`${children} ${to}`}
      className="rounded-[3px] leading-6 text-muted hover:text-fg hover:underline"
    >
      {children}
    </Link>
  );
}
