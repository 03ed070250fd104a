import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { DeploymentDetails } from '../../contract/deployment-details.ts';
import { ApprovalSection } from '../features/approvals/approval-section.tsx';
import { DeploymentChangesSection } from '../features/changes/deployment-changes.tsx';
import { DeploymentView } from '../features/deployment/deployment-view.tsx';
import { DeploymentLineageSection } from '../features/lineage/deployment-lineage.tsx';
import { EmptyNotice } from '../ui/notice.tsx';
import { ScrollPage, sectionTitle } from '../ui/page.tsx';
import { PageTitle } from '../ui/page-title.tsx';

/** One deployment, by its number. */
export function DeploymentPage() {
  const { number } = useParams({ from: '/shell/deployments/$number' });
  return (
    <ScrollPage>
      {/^\d{1,15}$/.test(number) ? (
        <DeploymentView key={number} number={Number(number)} partsOf={partsOf} />
      ) : (
        <>
          <PageTitle>No such deployment</PageTitle>
          <EmptyNotice title="There is no such deployment">A deployment has a number; {number} is none.</EmptyNotice>
        </>
      )}
    </ScrollPage>
  );
}

function partsOf({ deployment, project, events, succeeded_at: succeeded }: DeploymentDetails) {
  const { deployment_number: number, status } = deployment;
  const mayHaveApprovals = deployment.unapproved === true || events.some((event) => event.status === 'waiting');
  const mayShip = succeeded !== null || status === 'waiting' || status === 'in-progress';
  return (
    <>
      {mayHaveApprovals ? (
        <Part className="print:[&_button]:hidden">
          <ApprovalSection deployment={number} waits={status === 'waiting'} />
        </Part>
      ) : null}
      {mayShip ? (
        <Part title={succeeded === null ? 'What it would ship' : 'What it ships'}>
          <DeploymentChangesSection deployment={number} project={project} />
        </Part>
      ) : null}
      <DeploymentLineageSection deployment={number} project={project} />
    </>
  );
}

/** A part that has a line below it elsewhere, where others follow. */
function Part({ title, className = '', children }: { title?: string; className?: string; children: ReactNode }) {
  return (
    <div>
      {title === undefined ? null : <h2 className={`pb-2 ${sectionTitle}`}>{title}</h2>}
      <div className={`rounded border empty:hidden *:border-b-0 ${className}`}>{children}</div>
    </div>
  );
}
