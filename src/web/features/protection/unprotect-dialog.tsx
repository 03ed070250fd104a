import type { ProtectedEnvironment } from '../../../contract/protected-environments.ts';
import { refusalText } from '../../lib/refusal.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import type { ProtectionHolder } from './protection-holder.ts';
import { approvalsText } from './protection-words.ts';
import { useUnprotect } from './unprotect-mutation.ts';

interface UnprotectDialogProps {
  readonly holder: ProtectionHolder;
  readonly protection: ProtectedEnvironment;
  /** Whether groups above protect something, which stays so. */
  readonly inherits: boolean;
  readonly onClose: () => void;
  readonly onDone: () => void;
  readonly returnFocus: () => HTMLElement | null;
}

/** Asks before an environment is open again, and says to whom. */
export function UnprotectDialog({ holder, protection, inherits, onClose, onDone, returnFocus }: UnprotectDialogProps) {
  const unprotect = useUnprotect(holder);
  const { name } = protection;
  const place = <strong className="font-medium [overflow-wrap:anywhere]">{name}</strong>;
  return (
    <ConfirmDialog
      title={holder.kind === 'project' ? `Unprotect ${name}?` : `Unprotect the ${name} tier?`}
      word="Unprotect"
      busy={unprotect.isPending}
      error={unprotect.error ? refusalText(unprotect.error) : undefined}
      onConfirm={() => unprotect.mutate(name, { onSuccess: onDone })}
      onClose={onClose}
      returnFocus={returnFocus}
    >
      {holder.kind === 'project' ? (
        <p>
          Every developer of {holder.path} may deploy to {place} then, and needs no approval
          {inherits ? ', but for what the groups above ask' : ''}.
        </p>
      ) : (
        <p>
          In each project below {holder.path}, every developer may deploy to environments of the tier {place} then, and
          needs no approval, but for what the project or another group asks.
        </p>
      )}
      {approvalsText(protection) === 'None' ? null : (
        <p className="pt-2">What waits there, and for no other approval, runs at once.</p>
      )}
    </ConfirmDialog>
  );
}
