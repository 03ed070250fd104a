import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useState } from 'react';
import type { DeploymentEvent } from '../../contract/deployment-event.ts';
import { projectPath } from '../../contract/project-path.ts';
import { type FlatSearch, textOf } from '../lib/flat-search.ts';
import { formatSlotAddress, parseSlotAddress, type SlotAddress } from '../lib/slot-address.ts';

const SlotDrawer = lazy(() =>
  import('../features/slot/slot-drawer.tsx').then((file) => ({ default: file.SlotDrawer })),
);

const ApprovalSection = lazy(() =>
  import('../features/approvals/approval-section.tsx').then((file) => ({ default: file.ApprovalSection })),
);

const DeploymentChanges = lazy(() =>
  import('../features/changes/deployment-changes.tsx').then((file) => ({ default: file.DeploymentChangesSection })),
);

const GateLine = lazy(() => import('../features/gates/gate-line.tsx').then((file) => ({ default: file.GateLine })));

/** Opens a slot's drawer over the present page, by way of the URL. */
export function useOpenSlot(): (address: SlotAddress, deployment?: number) => void {
  const navigate = useNavigate();
  return useCallback(
    (address, deployment) => {
      const at = deployment === undefined ? undefined : String(deployment);
      navigate({ to: '.', search: (before) => ({ ...before, slot: formatSlotAddress(address), deployment: at }) });
    },
    [navigate],
  );
}

/** The drawer of the slot that the URL names, at the deployment that it names, if any. */
export function SlotOverlay({ search }: { search: FlatSearch }) {
  const named = textOf(search, 'slot');
  const address = named === undefined ? undefined : parseSlotAddress(named);
  const deployment = textOf(search, 'deployment');
  return address ? <OpenSlot key={named} address={address} deployment={deployment} /> : null;
}

function OpenSlot({ address, deployment }: { address: SlotAddress; deployment: string | undefined }) {
  const navigate = useNavigate();
  const [opener] = useState(() => document.activeElement);
  return (
    <Suspense fallback={null}>
      <SlotDrawer
        address={address}
        opened={deployment === undefined ? undefined : Number(deployment)}
        approvalsOf={approvalsOf}
        gate={gateOf(address)}
        changesOf={changesOf}
        onClose={() => navigate({ to: '.', search: withoutSlot, replace: true })}
        returnFocus={() => focusTarget(opener, address)}
      />
    </Suspense>
  );
}

function gateOf(address: SlotAddress) {
  return (
    <Suspense fallback={null}>
      <GateLine project={projectPath(address)} environment={address.environment} />
    </Suspense>
  );
}

function approvalsOf({ deployment_number, status }: DeploymentEvent) {
  return (
    <Suspense fallback={null}>
      <ApprovalSection deployment={deployment_number} waits={status === 'waiting'} />
    </Suspense>
  );
}

function changesOf(event: DeploymentEvent) {
  return (
    <Suspense fallback={null}>
      <DeploymentChanges deployment={event.deployment_number} project={projectPath(event)} />
    </Suspense>
  );
}

function withoutSlot(search: FlatSearch): FlatSearch {
  return { ...search, slot: undefined, deployment: undefined };
}

/** What opened the drawer; after a pasted link or the way back, which leave the focus on the page itself, the slot's own cell. */
function focusTarget(opener: Element | null, address: SlotAddress): HTMLElement | null {
  if (opener instanceof HTMLElement && opener.isConnected && !opener.matches('body, main, h1')) return opener;
  const row = CSS.escape(projectPath(address));
  const column = CSS.escape(address.environment);
  const cell = document.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`);
  return cell ?? document.getElementById('main');
}
