import type { ComponentProps } from 'react';
import type { DeploymentEvent } from '../../contract/deployment-event.ts';
import { projectPath } from '../../contract/project-path.ts';
import { ApprovalSection } from '../features/approvals/approval-section.tsx';
import { DeploymentChangesSection } from '../features/changes/deployment-changes.tsx';
import { GateLine } from '../features/gates/gate-line.tsx';
import { SlotDrawer } from '../features/slot/slot-drawer.tsx';
import type { Attempt } from '../lib/attempts.ts';
import { shipmentOf } from '../lib/shipment.ts';
import { promotedFrom } from './promoted-from.tsx';

type SlotPanelProps = Pick<ComponentProps<typeof SlotDrawer>, 'address' | 'opened' | 'onClose' | 'returnFocus'>;

/** The history of a slot with what other features know of it. One chunk, so that all of it comes at once. */
export function SlotPanel({ address, ...rest }: SlotPanelProps) {
  return (
    <SlotDrawer
      {...rest}
      address={address}
      gate={<GateLine project={projectPath(address)} environment={address.environment} />}
      approvalsOf={approvalsOf}
      changesOf={changesOf}
      promotedFrom={promotedFrom}
    />
  );
}

function approvalsOf({ deployment_number, status }: DeploymentEvent) {
  return <ApprovalSection heading="h4" deployment={deployment_number} waits={status === 'waiting'} />;
}

function changesOf({ head, events }: Attempt) {
  const hasSucceeded = events.some(({ status }) => status === 'success');
  const shipment = shipmentOf(head.status, hasSucceeded);
  if (shipment === undefined) return null;
  return (
    <DeploymentChangesSection
      heading="h4"
      deployment={head.deployment_number}
      project={projectPath(head)}
      shipment={shipment}
    />
  );
}
