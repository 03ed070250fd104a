import type { User } from '../../../contract/access.ts';
import { Button } from '../../ui/button.tsx';
import { DialogBody, Modal } from '../../ui/modal.tsx';
import { OneTimeSecret } from '../../ui/one-time-secret.tsx';

interface PasswordDialogProps {
  /** With the password that the server told once. */
  readonly user: User;
  /** The user was just made. */
  readonly isNew: boolean;
  readonly onClose: () => void;
  readonly returnFocus: () => HTMLElement | null;
}

/** Shows a one-time password. It is gone with the dialog. */
export function PasswordDialog({ user, isNew, onClose, returnFocus }: PasswordDialogProps) {
  return (
    <Modal
      title={isNew ? `${user.name} can sign in` : `New password of ${user.name}`}
      onClose={onClose}
      returnFocus={returnFocus}
      holds="secret"
    >
      <DialogBody>
        <p className="text-soft">
          Hand it to {user.name}, who signs in as <strong className="font-mono font-medium">{user.username}</strong> and
          then chooses a password of their own.
        </p>
        <OneTimeSecret
          label={`One-time password of ${user.username}`}
          secret={user.one_time_password ?? ''}
          note="If it gets lost, reset the password."
        />
        <div className="flex justify-end">
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </div>
      </DialogBody>
    </Modal>
  );
}
