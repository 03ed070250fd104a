import type { Asked } from './asked.ts';
import { EditUserDialog } from './edit-user-dialog.tsx';
import { NewUserDialog } from './new-user-dialog.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import { AdmitQuestion, DeleteQuestion, ResetQuestion } from './user-questions.tsx';

interface UserDialogsProps {
  readonly asked: Asked | undefined;
  /** The reader's user name. */
  readonly me: string | null | undefined;
  readonly onAsk: (asked: Asked | undefined) => void;
  /** Where the focus goes when what was pressed is gone. */
  readonly returnFocus: () => HTMLElement | null;
}

/** The dialog that is asked for, if any. */
export function UserDialogs({ asked, me, onAsk, returnFocus }: UserDialogsProps) {
  const onClose = () => onAsk(undefined);
  switch (asked?.action) {
    case undefined:
      return null;
    case 'create':
      return <NewUserDialog onClose={onClose} onCreated={(user) => onAsk({ action: 'password', user, isNew: true })} />;
    case 'password':
      return <PasswordDialog user={asked.user} isNew={asked.isNew} onClose={onClose} returnFocus={returnFocus} />;
    case 'edit':
      return <EditUserDialog user={asked.user} isMe={asked.user.username === me} onClose={onClose} />;
    case 'reset':
      return (
        <ResetQuestion
          user={asked.user}
          onClose={onClose}
          onReset={(user) => onAsk({ action: 'password', user, isNew: false })}
        />
      );
    case 'admit':
      return <AdmitQuestion user={asked.user} onClose={onClose} />;
    case 'delete':
      return <DeleteQuestion user={asked.user} onClose={onClose} returnFocus={returnFocus} />;
    default:
      return asked satisfies never;
  }
}
