import type { Hook } from '../../../contract/hooks.ts';
import { refusalText } from '../../lib/refusal.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useDeleteHook } from './delete-hook-mutation.ts';

interface DeleteHookDialogProps {
  readonly project: string;
  readonly hook: Hook;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
  readonly returnFocus: () => HTMLElement | null;
}

export function DeleteHookDialog({ project, hook, onClose, onDeleted, returnFocus }: DeleteHookDialogProps) {
  const remove = useDeleteHook(project);
  return (
    <ConfirmDialog
      title="Delete the webhook?"
      word="Delete the webhook"
      busy={remove.isPending}
      error={remove.error ? refusalText(remove.error) : undefined}
      onConfirm={() => remove.mutate(hook.id, { onSuccess: onDeleted })}
      onClose={onClose}
      returnFocus={returnFocus}
    >
      <p>
        <strong className="font-mono font-medium [overflow-wrap:anywhere]">{hook.url}</strong> is told of nothing any
        more: what waits to be sent is not sent, and the log of its deliveries is gone. To stop it for a while, make it
        inactive instead.
      </p>
    </ConfirmDialog>
  );
}
