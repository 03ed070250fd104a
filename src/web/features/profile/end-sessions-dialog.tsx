import type { OwnSession } from '../../../contract/profile.ts';
import { refusalText } from '../../lib/refusal.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useToast } from '../../ui/toast.tsx';
import { browserName } from './browser-name.ts';
import { useEndSessions } from './end-sessions-mutation.ts';

interface EndSessionsDialogProps {
  readonly sessions: readonly OwnSession[];
  readonly onClose: () => void;
  readonly onDone: () => void;
  readonly returnFocus: () => HTMLElement | null;
}

/** Asks before the reader is signed out somewhere. */
export function EndSessionsDialog({ sessions, onClose, onDone, returnFocus }: EndSessionsDialogProps) {
  const end = useEndSessions();
  const tell = useToast();
  const [only] = sessions;
  const isOne = sessions.length === 1;
  return (
    <ConfirmDialog
      title={isOne ? 'End the session?' : 'End all other sessions?'}
      word={isOne ? 'End the session' : `End ${sessions.length} sessions`}
      busy={end.isPending}
      error={end.error ? refusalText(end.error) : undefined}
      onConfirm={() =>
        end.mutate(
          sessions.map(({ id }) => id),
          {
            onSuccess: () => {
              onDone();
              tell(isOne ? 'The session is ended.' : `${sessions.length} sessions are ended.`);
            },
          },
        )
      }
      onClose={onClose}
      returnFocus={returnFocus}
    >
      <p>
        {isOne && only
          ? `${browserName(only.user_agent)} is signed out at once. What was typed there and not sent is lost.`
          : 'You are signed out everywhere but here, at once. What was typed there and not sent is lost.'}
      </p>
    </ConfirmDialog>
  );
}
