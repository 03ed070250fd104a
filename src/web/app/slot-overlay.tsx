import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useState } from 'react';
import type { DeploymentEvent } from '../../contract/deployment-event.ts';
import { type FlatSearch, textOf } from '../lib/flat-search.ts';
import { projectKey } from '../lib/project-name.ts';
import { formatSlotAddress, parseSlotAddress, type SlotAddress } from '../lib/slot-address.ts';

const SlotDrawer = lazy(() =>
  import('../features/slot/slot-drawer.tsx').then((file) => ({ default: file.SlotDrawer })),
);

const ApprovalSection = lazy(() =>
  import('../features/approvals/approval-section.tsx').then((file) => ({ default: file.ApprovalSection })),
);

/** Opens a slot's drawer over the present page, by way of the URL. */
export function useOpenSlot(): (address: SlotAddress) => void {
  const navigate = useNavigate();
  return useCallback(
    (address) => {
      navigate({ to: '.', search: (before) => ({ ...before, slot: formatSlotAddress(address) }) });
    },
    [navigate],
  );
}

/** The drawer of the slot that the URL names. */
export function SlotOverlay({ search }: { search: FlatSearch }) {
  const named = textOf(search, 'slot');
  const address = named === undefined ? undefined : parseSlotAddress(named);
  return address ? <OpenSlot key={named} address={address} /> : null;
}

function OpenSlot({ address }: { address: SlotAddress }) {
  const navigate = useNavigate();
  const [opener] = useState(() => document.activeElement);
  return (
    <Suspense fallback={null}>
      <SlotDrawer
        address={address}
        approvalsOf={approvalsOf}
        onClose={() => navigate({ to: '.', search: (before) => ({ ...before, slot: undefined }), replace: true })}
        returnFocus={() => focusTarget(opener, address)}
      />
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

/** What opened the drawer; after a pasted link, the slot's own cell. */
function focusTarget(opener: Element | null, address: SlotAddress): HTMLElement | null {
  if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body) return opener;
  const row = CSS.escape(projectKey(address));
  const column = CSS.escape(address.environment);
  const cell = document.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`);
  return cell ?? document.getElementById('main');
}
