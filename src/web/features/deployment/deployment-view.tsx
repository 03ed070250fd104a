import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ShiplogError } from '../../../client/shiplog-error.ts';
import type { DeploymentDetails } from '../../../contract/deployment-details.ts';
import { NotThere } from '../../lib/not-there.tsx';
import { failureText } from '../../lib/refusal.ts';
import { shortVersion } from '../../lib/short-version.ts';
import { FailureBar, FailurePage } from '../../ui/notice.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { DeploymentFacts } from './deployment-facts.tsx';
import { DeploymentHead } from './deployment-head.tsx';
import { DeploymentSkeleton } from './deployment-skeleton.tsx';
import { LaneStanding } from './lane-standing.tsx';
import { RawEvents } from './raw-events.tsx';
import { StatusHistory } from './status-history.tsx';
import { useDeployment } from './use-deployment.ts';

interface DeploymentViewProps {
  readonly number: number;
  /** Its approvals, of another feature: whoever must decide comes for them. */
  readonly approvalsOf: (details: DeploymentDetails) => ReactNode;
  /** What it ships, and its lineage: of other features. */
  readonly partsOf: (details: DeploymentDetails) => ReactNode;
}

/** One deployment: what, where, how it went, what it came from and what became of it. */
export function DeploymentView({ number, approvalsOf, partsOf }: DeploymentViewProps) {
  const { query, events, earlier } = useDeployment(number);
  const details = query.data;
  if (!details) return <Missing number={number} query={query} />;
  const { deployment, project } = details;
  const title = `${project} ${shortVersion(deployment)} in ${deployment.environment}`;
  return (
    <article aria-label={title}>
      <PageTitle>{title}</PageTitle>
      {query.isError ? (
        <FailureBar title="What is shown may be old." why={failureText(query.error)} onRetry={() => query.refetch()} />
      ) : null}
      <DeploymentHead details={details} />
      <div className="grid gap-x-10 gap-y-8 px-4 pt-5 lg:grid-cols-[minmax(0,1fr)_300px]">
        <div className="flex min-w-0 flex-col gap-8">
          {approvalsOf(details)}
          <LaneStanding details={details} />
          <StatusHistory events={events} earlier={earlier} />
          {partsOf(details)}
          <RawEvents events={events} />
        </div>
        <DeploymentFacts details={details} />
      </div>
    </article>
  );
}

function Missing({ number, query }: { number: number; query: UseQueryResult<DeploymentDetails> }) {
  if (query.isPending) {
    return (
      <>
        <PageTitle>{`Deployment ${number}`}</PageTitle>
        <DeploymentSkeleton />
      </>
    );
  }
  const isUnknown = query.error instanceof ShiplogError && query.error.status === 404;
  return (
    <>
      <PageTitle>{isUnknown ? 'No such deployment' : `Deployment ${number}`}</PageTitle>
      {isUnknown ? (
        <NotThere title="There is no such deployment here" to="/activity">
          Nothing has the number {number}, it was deleted, or you are not a member of its project.
        </NotThere>
      ) : (
        <FailurePage
          title="The deployment could not be loaded"
          why={failureText(query.error ?? new Error('The server gave no answer.'))}
          onRetry={() => query.refetch()}
        />
      )}
    </>
  );
}
