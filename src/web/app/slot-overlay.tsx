import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback } from 'react';
import { type FlatSearch, textOf } from '../lib/flat-search.ts';
import { projectKey } from '../lib/project-name.ts';
import { formatSlotAddress, parseSlotAddress, type SlotAddress } from '../lib/slot-address.ts';

const SlotDrawer = lazy(() =>
  import('../features/slot/slot-drawer.tsx').then((file) => ({ default: file.SlotDrawer })),
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
  const navigate = useNavigate();
  const named = textOf(search, 'slot');
  const address = named === undefined ? undefined : parseSlotAddress(named);
  if (!address) return null;
  return (
    <Suspense fallback={null}>
      <SlotDrawer
        key={named}
        address={address}
        onClose={() => navigate({ to: '.', search: (before) => ({ ...before, slot: undefined }) })}
        returnFocus={() => focusTarget(address)}
      />
    </Suspense>
  );
}

/** The slot's own cell, wherever the drawer was opened from: a pasted link has no other place to return to. */
function focusTarget(address: SlotAddress): HTMLElement | null {
  const row = CSS.escape(projectKey(address));
  const cell = document.querySelector<HTMLElement>(
    `[data-row="${row}"][data-column="${CSS.escape(address.environment)}"]`,
  );
  return cell ?? document.getElementById('main');
}
