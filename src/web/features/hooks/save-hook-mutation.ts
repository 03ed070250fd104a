import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Hook } from '../../../contract/hooks.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { changeOf, type HookDraft, requestOf } from './hook-draft.ts';
import { hooksQuery } from './hooks-query.ts';

interface HookEdit {
  readonly draft: HookDraft;
  /** What the form began with. */
  readonly begun: HookDraft;
}

/** Changes a webhook, or creates one where there is none yet. */
export function useSaveHook(project: string, hook: Hook | undefined) {
  const { client } = usePageServices();
  const cache = useQueryClient();
  const { queryKey } = hooksQuery(client, project);
  return useMutation({
    mutationFn: ({ draft, begun }: HookEdit) =>
      hook ? client.updateHook(hook.id, changeOf(draft, begun)) : client.createHook(requestOf(draft, project)),
    // It holds the secret that was typed.
    gcTime: 0,
    onSuccess: (saved) => {
      cache.setQueryData(
        queryKey,
        (list) => list && { ...list, items: [...list.items.filter(({ id }) => id !== saved.id), saved].sort(byId) },
      );
      cache.invalidateQueries({ queryKey });
    },
  });
}

function byId(a: Hook, b: Hook): number {
  return a.id - b.id;
}
