import { useRef } from 'react';
import type { User } from '../../../contract/access.ts';
import type { UserDetails } from '../../../contract/users.ts';
import { refusalText } from '../../lib/refusal.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useAdmitUser } from './admit-user-mutation.ts';
import { useDeleteUser } from './delete-user-mutation.ts';
import { useResetPassword } from './reset-password-mutation.ts';

interface QuestionProps {
  readonly user: UserDetails;
  readonly onClose: () => void;
}

/** Asks before a password is replaced. */
export function ResetQuestion({ user, onClose, onReset }: QuestionProps & { onReset: (user: User) => void }) {
  const reset = useResetPassword();
  return (
    <ConfirmDialog
      title={`Reset the password of ${user.name}?`}
      word="Reset the password"
      busy={reset.isPending}
      error={reset.error ? refusalText(reset.error) : undefined}
      onConfirm={() => reset.mutate(user.username, { onSuccess: onReset })}
      onClose={onClose}
    >
      <p>
        The password they have stops working, and they are signed out everywhere. You are shown a one-time password to
        hand to them. Their tokens go on working.
      </p>
    </ConfirmDialog>
  );
}

/** Asks before somebody is locked out, or let in again. */
export function AdmitQuestion({ user, onClose }: QuestionProps) {
  const admit = useAdmitUser();
  const tell = useToast();
  const blocked = user.state === 'active';
  const onSuccess = () => {
    tell(`${user.name} is ${blocked ? 'blocked' : 'let in again'}.`);
    onClose();
  };
  return (
    <ConfirmDialog
      title={`${blocked ? 'Block' : 'Unblock'} ${user.name}?`}
      word={blocked ? 'Block' : 'Unblock'}
      busy={admit.isPending}
      error={admit.error ? refusalText(admit.error) : undefined}
      onConfirm={() => admit.mutate({ username: user.username, blocked }, { onSuccess })}
      onClose={onClose}
    >
      {blocked ? (
        <p>
          They are signed out and cannot sign in, and pipelines that report with their tokens fail, until somebody
          unblocks them. Memberships stay.
        </p>
      ) : (
        <p>They can sign in again, and their tokens work again.</p>
      )}
    </ConfirmDialog>
  );
}

/** Asks before a user is deleted. */
export function DeleteQuestion({
  user,
  onClose,
  returnFocus,
}: QuestionProps & { returnFocus: () => HTMLElement | null }) {
  const remove = useDeleteUser();
  const tell = useToast();
  const isDone = useRef(false);
  const onSuccess = () => {
    isDone.current = true;
    tell(`${user.name} is deleted.`);
    onClose();
  };
  return (
    <ConfirmDialog
      title={`Delete ${user.name}?`}
      word="Delete the user"
      busy={remove.isPending}
      mustType={user.username}
      error={remove.error ? refusalText(remove.error) : undefined}
      onConfirm={() => remove.mutate(user.username, { onSuccess })}
      onClose={onClose}
      returnFocus={() => (isDone.current ? returnFocus() : null)}
    >
      <p>
        Name, address, memberships and tokens are gone, and pipelines that report with those tokens fail. What they
        deployed and approved stays, by “Deleted user”. This cannot be undone; to lock somebody out for a while, block
        them instead.
      </p>
    </ConfirmDialog>
  );
}
