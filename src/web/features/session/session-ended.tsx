import { useState } from 'react';
import { useSession } from '../../lib/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { Modal } from '../../ui/modal.tsx';
import { NewPasswordForm } from './new-password-form.tsx';
import { SignInForm } from './sign-in-form.tsx';

interface SessionEndedProps {
  /** Where reading is open the reader goes on without. */
  readonly onLetBe: () => void;
}

/** Asks to sign in again, over the view, when the session ended while somebody was at work. */
export function SessionEnded({ onLetBe }: SessionEndedProps) {
  const session = useSession();
  const [later, setLater] = useState(false);
  const [password, setPassword] = useState<string>();
  if (!session) return null;
  if (session.password_change_required) {
    return (
      <Modal title="Choose a new password" onClose={() => undefined} width="max-w-sm" holds="nothing">
        <div className="p-4">
          <NewPasswordForm currentPassword={password} onChanged={() => setPassword(undefined)} />
        </div>
      </Modal>
    );
  }
  if (session.signed_in) return null;
  if (later) {
    return (
      <div role="alert" className="flex items-center gap-3 border-b bg-waiting-tint px-4 py-1.5">
        <p className="flex-1">Your session has ended. What is shown no longer changes.</p>
        <Button look="primary" onClick={() => setLater(false)}>
          Sign in
        </Button>
      </div>
    );
  }
  return (
    <Modal
      title="Your session has ended"
      description="Sign in to go on where you are."
      onClose={session.public_read ? onLetBe : () => setLater(true)}
      width="max-w-sm"
    >
      <div className="p-4">
        <SignInForm onSignedIn={(_, typed) => setPassword(typed)} />
      </div>
    </Modal>
  );
}
