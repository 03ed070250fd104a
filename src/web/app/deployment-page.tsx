import { useParams } from '@tanstack/react-router';
import type { DeploymentDetails } from '../../contract/deployment-details.ts';
import { ApprovalSection } from '../features/approvals/approval-section.tsx';
import { DeploymentChangesSection } from '../features/changes/deployment-changes.tsx';
import { DeploymentView } from '../features/deployment/deployment-view.tsx';
import { DeploymentLineageSection } from '../features/lineage/deployment-lineage.tsx';
import { NotThere } from '../lib/not-there.tsx';
import { shipmentOf } from '../lib/shipment.ts';
import { ScrollPage, sectionTitle } from '../ui/page.tsx';
import { PageTitle } from '../ui/page-title.tsx';

/** One deployment, by its number. */
export function DeploymentPage() {
  const { number } = useParams({ from: '/shell/deployments/$number' });
  return (
    <ScrollPage>
      {/^\d{1,15}$/.test(number) ? (
        <DeploymentView key={number} number={Number(number)} approvalsOf={approvalsOf} partsOf={partsOf} />
      ) : (
        <>
          <PageTitle>No such deployment</PageTitle>
          <NotThere title="There is no such deployment" to="/activity">
            A deployment has a number; {number} is none.
          </NotThere>
        </>
      )}
    </ScrollPage>
  );
}

function approvalsOf({ deployment, events }: DeploymentDetails) {
  const { deployment_number: number, status, unapproved } = deployment;
  const mayHaveApprovals = unapproved === true || events.some((event) => event.status === 'waiting');
  if (!mayHaveApprovals) return null;
  return (
    <div className={`${part} print:[&_button]:hidden`}>
      <ApprovalSection heading="h2" deployment={number} waits={status === 'waiting'} />
    </div>
  );
}

function partsOf({ deployment, project, succeeded_at: succeeded }: DeploymentDetails) {
  const { deployment_number: number, status } = deployment;
  const shipment = shipmentOf(status, succeeded !== null);
  return (
    <>
      {shipment === undefined ? null : (
        <div>
          <h2 className={`pb-2 ${sectionTitle}`}>Changes</h2>
          <div className={part}>
            <DeploymentChangesSection heading="h3" deployment={number} project={project} shipment={shipment} />
          </div>
        </div>
      )}
      <DeploymentLineageSection deployment={number} project={project} />
    </>
  );
}

/** Around what has a line below it elsewhere, where others follow. */
const part = 'rounded border empty:hidden *:border-b-0';
