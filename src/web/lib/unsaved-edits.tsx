import { useRouter } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';

/**
 * Asks before the page with a form in it is left while what was entered there is not saved. Another view of it may be.
 * Once it is saved there is nothing to ask: whoever was asked goes where they were going.
 */
export function UnsavedEdits({ when }: { when: boolean }) {
  const { history } = useRouter();
  const [isAsked, setAsked] = useState(false);
  const pending = useRef<(stays: boolean) => void>(undefined);
  const answer = useCallback((stays: boolean) => {
    pending.current?.(stays);
    pending.current = undefined;
    setAsked(false);
  }, []);
  useEffect(() => {
    if (!when) return;
    const unblock = history.block({
      enableBeforeUnload: true,
      blockerFn: ({ currentLocation, nextLocation }) =>
        currentLocation.pathname !== nextLocation.pathname &&
        new Promise<boolean>((resolve) => {
          // Of two ways out, the later one is asked about.
          answer(true);
          pending.current = resolve;
          setAsked(true);
        }),
    });
    return () => {
      unblock();
      answer(false);
    };
  }, [when, history, answer]);
  if (!isAsked) return null;
  return (
    <ConfirmDialog
      title="Leave without saving?"
      word="Leave"
      busy={false}
      error={undefined}
      onConfirm={() => answer(false)}
      onClose={() => answer(true)}
    >
      What you entered would be lost.
    </ConfirmDialog>
  );
}
