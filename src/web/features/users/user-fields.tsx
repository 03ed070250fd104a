import { fieldFault } from '../../lib/refusal.ts';
import { CheckField } from '../../ui/check-field.tsx';
import { DialogBody } from '../../ui/modal.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { UserDraft } from './user-draft.ts';

interface UserFieldsProps {
  readonly draft: UserDraft;
  readonly refusal: Error | null;
  /** The reader's own account. */
  readonly isMe: boolean;
  /** It had an address, which can be another one but not none. */
  readonly needsEmail: boolean;
  readonly onChange: (change: Partial<UserDraft>) => void;
}

/** Who a user is, and whether they run the server. */
export function UserFields({ draft, refusal, isMe, needsEmail, onChange }: UserFieldsProps) {
  return (
    <DialogBody>
      <TextField
        label="User name"
        required
        autoFocus
        maxLength={64}
        pattern="[a-zA-Z0-9][a-zA-Z0-9._\-]*"
        title="Letters, digits, '_', '-' and '.', beginning with a letter or digit"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        hint="To sign in with: letters, digits, _, - and ."
        error={fieldFault(refusal, 'username')}
        value={draft.username}
        onChange={({ target }) => onChange({ username: target.value })}
      />
      <TextField
        label="Full name"
        required={needsEmail}
        optional={!needsEmail}
        maxLength={128}
        autoComplete="off"
        hint="How others see them. Without one, the user name."
        error={fieldFault(refusal, 'name')}
        value={draft.name}
        onChange={({ target }) => onChange({ name: target.value })}
      />
      <TextField
        label="Email address"
        type="email"
        required={needsEmail}
        optional={!needsEmail}
        maxLength={254}
        autoComplete="off"
        hint="To find them by. Shiplog sends no mail."
        error={fieldFault(refusal, 'email')}
        value={draft.email}
        onChange={({ target }) => onChange({ email: target.value })}
      />
      <CheckField
        label="Administrator"
        hint={
          isMe
            ? 'Only another administrator can take this from you.'
            : 'Sees and changes everything: all projects, users, groups and the settings of the server.'
        }
        disabled={isMe}
        checked={draft.admin}
        onChange={({ target }) => onChange({ admin: target.checked })}
      />
    </DialogBody>
  );
}

/** Fields whose faults stand beside them. */
export const shownFields = ['username', 'name', 'email'] as const;
