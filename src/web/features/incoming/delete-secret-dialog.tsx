import type { IncomingSecret } from '../../../contract/incoming.ts';
import { refusalText } from '../../lib/refusal.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useDeleteSecret } from './delete-secret-mutation.ts';
import { sourceNames } from './incoming-words.ts';

interface DeleteSecretDialogProps {
  readonly project: string;
  readonly secret: IncomingSecret;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
  readonly returnFocus: () => HTMLElement | null;
}

export function DeleteSecretDialog({ project, secret, onClose, onDeleted, returnFocus }: DeleteSecretDialogProps) {
  const remove = useDeleteSecret(project);
  const source = sourceNames[secret.source];
  return (
    <ConfirmDialog
      title={`Delete this secret of ${source}?`}
      word="Delete the secret"
      busy={remove.isPending}
      error={remove.error ? refusalText(remove.error) : undefined}
      onConfirm={() => remove.mutate(secret.id, { onSuccess: onDeleted })}
      onClose={onClose}
      returnFocus={returnFocus}
    >
      <p>
        A webhook that {source} signs with it is refused from now on, and what {source} tells of {project} by it is
        lost. What came in so far stays.
      </p>
    </ConfirmDialog>
  );
}
