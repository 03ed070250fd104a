import { useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';

interface Answers {
  readonly stay: () => void;
  readonly leave: () => void;
}

/** Asks before the page with a form in it is left while what was entered there is not saved. Another view of it may be. */
export function UnsavedEdits({ when }: { when: boolean }) {
  const { history } = useRouter();
  const [asked, setAsked] = useState<Answers>();
  useEffect(() => {
    if (!when) return;
    return history.block({
      enableBeforeUnload: true,
      blockerFn: ({ currentLocation, nextLocation }) =>
        currentLocation.pathname !== nextLocation.pathname &&
        new Promise<boolean>((answer) => {
          const say = (stays: boolean) => () => {
            setAsked(undefined);
            answer(stays);
          };
          setAsked({ stay: say(true), leave: say(false) });
        }),
    });
  }, [when, history]);
  if (!asked) return null;
  return (
    <ConfirmDialog
      title="Leave without saving?"
      word="Leave"
      busy={false}
      error={undefined}
      onConfirm={asked.leave}
      onClose={asked.stay}
    >
      What you entered would be lost.
    </ConfirmDialog>
  );
}
