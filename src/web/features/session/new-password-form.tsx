import { type FormEvent, useState } from 'react';
import type { Session } from '../../../contract/access.ts';
import { TextField } from '../../ui/text-field.tsx';
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
      {currentPassword === undefined ? (
        <TextField
          label="Current password"
          type="password"
          autoComplete="current-password"
          required
          autoFocus
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
        />
      ) : null}
      <TextField
        label="New password"
        type="password"
        autoComplete="new-password"
        required
        autoFocus={currentPassword !== undefined}
        hint={`At least ${leastLength} characters.`}
        error={told.chosen}
        value={chosen}
        onChange={(event) => setChosen(event.target.value)}
      />
      <TextField
        label="New password again"
        type="password"
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
