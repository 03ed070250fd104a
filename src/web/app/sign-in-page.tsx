import { useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { NewPasswordForm } from '../features/session/new-password-form.tsx';
import { SignInForm } from '../features/session/sign-in-form.tsx';
import { textOf } from '../lib/flat-search.ts';
import { usePageServices } from '../lib/page-services.tsx';
import { safeReturnPath } from '../lib/safe-link.ts';
import { sessionQuery } from '../lib/session-query.ts';
import { useSession } from '../lib/use-session.ts';
import { Logo } from '../ui/logo.tsx';
import { PageTitle } from '../ui/page-title.tsx';

/** Signs in and goes on to the page that was asked for; whoever is signed in already goes on at once. */
export function SignInPage() {
  const router = useRouter();
  const next = safeReturnPath(textOf(useSearch({ from: '/sign-in' }), 'next'));
  const [password, setPassword] = useState<string>();
  const session = useSession();
  useAskedAnew();
  const isIn = session?.signed_in === true && !session.password_change_required;
  useEffect(() => {
    // In its place: going back leads to where the reader was before, not to this form.
    if (isIn) router.history.replace(next);
  }, [isIn, next, router]);
  const mustChoose = session?.signed_in === true && session.password_change_required;
  // Once asked for, the new password's form stays until the page is left, rather than the sign-in form for a moment.
  const [choosing, setChoosing] = useState(mustChoose);
  if (mustChoose && !choosing) setChoosing(true);
  return (
    <main className="flex h-full flex-col items-center overflow-y-auto px-4 pt-[14vh] pb-8">
      <PageTitle>{choosing ? 'Choose a new password' : 'Sign in'}</PageTitle>
      <div className="flex w-full max-w-[340px] flex-col gap-6">
        <div className="flex flex-col gap-3">
          <Logo size={28} />
          <div>
            <p aria-hidden className="text-xl font-semibold tracking-tight">
              {choosing ? 'Choose a new password' : 'Sign in to Shiplog'}
            </p>
            <p className="text-muted">
              {choosing
                ? 'The one you signed in with was for one time only.'
                : 'What runs where, and how it came there.'}
            </p>
          </div>
        </div>
        {choosing ? (
          <NewPasswordForm currentPassword={password} onChanged={() => undefined} />
        ) : (
          <SignInForm onSignedIn={(_, typed) => setPassword(typed)} />
        )}
      </div>
    </main>
  );
}

/** Another tab may have signed in, or have chosen the new password; there is no stream here that would tell. */
function useAskedAnew(): void {
  const cache = useQueryClient();
  const { client } = usePageServices();
  useEffect(() => {
    const ask = () => {
      if (document.visibilityState === 'visible') cache.invalidateQueries({ queryKey: sessionQuery(client).queryKey });
    };
    document.addEventListener('visibilitychange', ask);
    return () => document.removeEventListener('visibilitychange', ask);
  }, [cache, client]);
}
