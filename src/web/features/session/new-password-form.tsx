import { type FormEvent, useState } from 'react';
import type { Session } from '../../../contract/access.ts';
import { useSession } from '../../lib/use-session.ts';
import { PasswordField } from '../../ui/password-field.tsx';
import { useChangePassword } from './change-password-mutation.ts';
import { newPasswordErrorText } from './sign-in-error.ts';
import { FormError, SubmitButton } from './sign-in-form.tsx';

interface NewPasswordFormProps {
  /** Known where it was typed a moment ago. */
  readonly currentPassword: string | undefined;
  readonly onChanged: (session: Session) => void;
}

const leastLength = 10;

export function NewPasswordForm({ currentPassword, onChanged }: NewPasswordFormProps) {
  const [current, setCurrent] = useState('');
  const [chosen, setChosen] = useState('');
  const [again, setAgain] = useState('');
  const [told, setTold] = useState<{ chosen?: string; again?: string }>({});
  const change = useChangePassword();
  const session = useSession();
  const username = session?.username ?? '';
  const isForced = session?.password_change_required === true;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const problems = {
      ...(chosen.length < leastLength ? { chosen: `Use at least ${leastLength} characters.` } : {}),
      ...(chosen === again ? {} : { again: 'The two passwords differ.' }),
    };
    setTold(problems);
    change.reset();
    if (Object.keys(problems).length > 0) return;
    change.mutate({ current_password: currentPassword ?? current, new_password: chosen }, { onSuccess: onChanged });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {/* For password managers: whose password it is. */}
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      {currentPassword === undefined ? (
        <PasswordField
          label="Current password"
          hint={
            isForced
              ? 'The one-time password that you were given, or that the server printed at its first start.'
              : undefined
          }
          autoComplete="current-password"
          required
          autoFocus
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
        />
      ) : null}
      <PasswordField
        label="New password"
        autoComplete="new-password"
        required
        autoFocus={currentPassword !== undefined}
        hint={`At least ${leastLength} characters.`}
        error={told.chosen}
        value={chosen}
        onChange={(event) => setChosen(event.target.value)}
      />
      <PasswordField
        label="New password again"
        autoComplete="new-password"
        required
        error={told.again}
        value={again}
        onChange={(event) => setAgain(event.target.value)}
      />
      {change.error ? <FormError>{newPasswordErrorText(change.error)}</FormError> : null}
      <SubmitButton busy={change.isPending}>Save the new password</SubmitButton>
    </form>
  );
}
