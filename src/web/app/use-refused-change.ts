import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { isStatus } from '../lib/refusal.ts';

/** Whether a change was refused because nobody is signed in any more; until somebody is, or it is let be. */
export function useRefusedChange(isSignedIn: boolean) {
  const changes = useQueryClient().getMutationCache();
  const [isRefused, setIsRefused] = useState(false);
  useEffect(
    () =>
      changes.subscribe(({ type, mutation }) => {
        if (type !== 'updated' || mutation.state.status !== 'error') return;
        // A wrong password is a 401, too.
        const isSigningIn = mutation.options.mutationKey?.[0] === 'session';
        if (!isSigningIn && isStatus(mutation.state.error, 401)) setIsRefused(true);
      }),
    [changes],
  );
  useEffect(() => {
    if (isSignedIn) setIsRefused(false);
  }, [isSignedIn]);
  return { isRefused: isRefused && !isSignedIn, letBe: () => setIsRefused(false) };
}
