import { useNavigate } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { projectPath } from '../../contract/project-path.ts';
import { type FlatSearch, textOf } from '../lib/flat-search.ts';
import { soonPart } from '../lib/lazy-part.tsx';
import { formatSlotAddress, parseSlotAddress, type SlotAddress } from '../lib/slot-address.ts';

const SlotPanel = soonPart('The slot', async () => (await import('./slot-panel.tsx')).SlotPanel);

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
    <SlotPanel
      address={address}
      opened={deployment}
      onClose={() => navigate({ to: '.', search: withoutSlot, replace: true })}
      returnFocus={() => focusTarget(opener, address)}
    />
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
