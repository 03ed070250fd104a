import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ProtectedEnvironmentsClient } from '../../../client/protected-environments-client.ts';
import type { ProtectedEnvironment } from '../../../contract/protected-environments.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { changeOf, type ProtectionDraft, requestOf } from './protection-draft.ts';
import { ownerOf, type ProtectionHolder } from './protection-holder.ts';

interface ProtectionEdit {
  readonly draft: ProtectionDraft;
  /** What the form began with. */
  readonly begun: ProtectionDraft;
}

/** Changes a protection, or makes one where there is none yet. */
export function useSaveProtection(holder: ProtectionHolder, protection: ProtectedEnvironment | undefined) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  const protections = new ProtectedEnvironmentsClient(client.requests);
  return useMutation({
    mutationFn: ({ draft, begun }: ProtectionEdit) =>
      protection
        ? protections.change(ownerOf(holder), protection.name, changeOf(draft, begun))
        : protections.protect(ownerOf(holder), requestOf(draft, begun)),
    // What a group protects is seen in its projects, and what may be deployed where anywhere.
    onSuccess: () => cache.invalidateQueries({ predicate: ({ queryKey: [area] }) => concerned.has(String(area)) }),
  });
}

/** Queries whose answers a protection is part of. */
export const concerned: ReadonlySet<string> = new Set([
  'protections',
  'gate',
  'project-environments',
  'approvals',
  'inbox',
]);
