import { refusalText } from '../../lib/refusal.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useRemoveRepository } from './remove-repository-mutation.ts';

interface RemoveRepositoryDialogProps {
  readonly project: string;
  readonly url: string;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
  readonly returnFocus: () => HTMLElement | null;
}

export function RemoveRepositoryDialog(props: RemoveRepositoryDialogProps) {
  const { project, url, onClose, onRemoved, returnFocus } = props;
  const remove = useRemoveRepository(project);
  return (
    <ConfirmDialog
      title="Disconnect the repository?"
      word="Disconnect"
      busy={remove.isPending}
      error={remove.error ? refusalText(remove.error) : undefined}
      onConfirm={() => remove.mutate(undefined, { onSuccess: onRemoved })}
      onClose={onClose}
      returnFocus={returnFocus}
    >
      <p>
        <strong className="font-mono font-medium [overflow-wrap:anywhere]">{url}</strong> is not read any more for{' '}
        {project}, and its credentials are forgotten. Where its changes are is then unknown, until it is connected
        again. Deployments stay as they are.
      </p>
    </ConfirmDialog>
  );
}
