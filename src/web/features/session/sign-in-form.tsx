import { Tabs } from 'radix-ui';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import type { Session } from '../../../contract/access.ts';
import { Button } from '../../ui/button.tsx';
import { segment, segments } from '../../ui/page.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { signInErrorText } from './sign-in-error.ts';
import { useSignIn } from './sign-in-mutation.ts';

interface SignInFormProps {
  /** `password` is what was typed, for the change of a one-time password right after. */
  readonly onSignedIn: (session: Session, password: string | undefined) => void;
}

// Named after its tab, a panel would share its name with the field in it.
const panelName = { 'aria-labelledby': undefined, 'aria-label': 'Sign in' } as const;

/** Signs in by user name and password, or by a token. */
export function SignInForm({ onSignedIn }: SignInFormProps) {
  return (
    <Tabs.Root defaultValue="password" className="flex flex-col gap-5">
      <Tabs.List aria-label="How to sign in" className={segments}>
        <Tabs.Trigger value="password" className={`${segment} flex-1`}>
          Password
        </Tabs.Trigger>
        <Tabs.Trigger value="token" className={`${segment} flex-1`}>
          Token
        </Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content value="password" tabIndex={-1} {...panelName} className="focus:outline-none">
        <PasswordForm onSignedIn={onSignedIn} />
      </Tabs.Content>
      <Tabs.Content value="token" tabIndex={-1} {...panelName} className="focus:outline-none">
        <TokenForm onSignedIn={onSignedIn} />
      </Tabs.Content>
    </Tabs.Root>
  );
}

function PasswordForm({ onSignedIn }: SignInFormProps) {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useSignIn();
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate(
      { username: username.trim(), password },
      { onSuccess: (session) => onSignedIn(session, password), onError: () => field.current?.select() },
    );
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TextField
        label="User name"
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        autoFocus
        value={username}
        onChange={(event) => setUsername(event.target.value)}
      />
      <PasswordField
        ref={field}
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {signIn.error ? <FormError>{signInErrorText(signIn.error, 'password')}</FormError> : null}
      <SubmitButton busy={signIn.isPending}>Sign in</SubmitButton>
    </form>
  );
}

function TokenForm({ onSignedIn }: SignInFormProps) {
  const [token, setToken] = useState('');
  const signIn = useSignIn();
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate(
      { token: token.trim() },
      { onSuccess: (session) => onSignedIn(session, undefined), onError: () => field.current?.select() },
    );
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <PasswordField
        ref={field}
        label="Token"
        name="token"
        autoComplete="off"
        required
        autoFocus
        hint="An access token, or the server’s SHIPLOG_ADMIN_TOKEN."
        value={token}
        onChange={(event) => setToken(event.target.value)}
      />
      {signIn.error ? <FormError>{signInErrorText(signIn.error, 'token')}</FormError> : null}
      <SubmitButton busy={signIn.isPending}>Sign in</SubmitButton>
    </form>
  );
}

export function FormError({ children }: { children: ReactNode }) {
  return <Refusal>{children}</Refusal>;
}

export function SubmitButton({ busy, children }: { busy: boolean; children: ReactNode }) {
  return (
    <Button type="submit" look="primary" disabled={busy} className="!h-9">
      {busy ? 'One moment' : children}
    </Button>
  );
}
