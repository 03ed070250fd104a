import { useRef, useState } from 'react';
import { useToast } from '../ui/toast.tsx';

/**
 * What a dialog asks the reader, one thing at a time. `done` closes the dialog and tells what came of it; `returnFocus` then
 * sends the focus to `whereDone`, as what was pressed may be gone by what was done.
 */
export function useAsked<Asked>(whereDone: () => HTMLElement | null) {
  const [asked, setAsked] = useState<Asked>();
  const isDone = useRef(false);
  const tell = useToast();
  return {
    asked,
    ask: (next: Asked) => {
      isDone.current = false;
      setAsked(next);
    },
    close: () => setAsked(undefined),
    done: (text: string) => {
      isDone.current = true;
      setAsked(undefined);
      tell(text);
    },
    returnFocus: () => (isDone.current ? whereDone() : null),
  };
}
