import type { FreezePeriod } from '../../../contract/freeze-periods.ts';
import { refusalText } from '../../lib/refusal.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useDeleteFreeze } from './delete-freeze-mutation.ts';
import { freezeText } from './freeze-name.tsx';

interface DeleteFreezeDialogProps {
  readonly project: string;
  readonly period: FreezePeriod;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
  readonly returnFocus: () => HTMLElement | null;
}

/** Asks before a freeze period ends for good. */
export function DeleteFreezeDialog({ project, period, onClose, onDeleted, returnFocus }: DeleteFreezeDialogProps) {
  const remove = useDeleteFreeze(project);
  return (
    <ConfirmDialog
      title="Delete the freeze period?"
      word="Delete the freeze period"
      busy={remove.isPending}
      error={remove.error ? refusalText(remove.error) : undefined}
      onConfirm={() => remove.mutate(period.id, { onSuccess: onDeleted })}
      onClose={onClose}
      returnFocus={returnFocus}
    >
      <p>
        <strong className="font-medium [overflow-wrap:anywhere]">{freezeText(period)}</strong> ({period.cron_timezone})
        holds no deployment of {project} back any more.
        {period.active
          ? ' It holds now: what was approved meanwhile runs at once, unless another period holds too.'
          : ''}
      </p>
    </ConfirmDialog>
  );
}
