import { CircleCheck, X } from 'lucide-react';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { visibleMarks } from '../lib/visible-marks.ts';
import { IconButton } from './button.tsx';

const shownMs = 6000;

type Tell = (text: string, link?: ReactNode) => void;

interface Told {
  readonly id: number;
  readonly text: string;
  readonly link: ReactNode;
}

const Context = createContext<Tell | undefined>(undefined);

/**
 * Tells what was done, in one sentence, and with a way on where there is one: `tell('The token is revoked.')`. What failed
 * is said where it was asked for.
 */
export function useToast(): Tell {
  const tell = useContext(Context);
  if (!tell) throw new Error('ToastLayer is missing.');
  return tell;
}

/** Shows for some seconds what was done; longer while the pointer or the focus is there. */
export function ToastLayer({ children }: { children: ReactNode }) {
  const [told, setTold] = useState<readonly Told[]>([]);
  const [isHeld, setIsHeld] = useState(false);
  const count = useRef(0);
  const [tell] = useState<Tell>(() => (text: string, link?: ReactNode) => {
    count.current += 1;
    const id = count.current;
    setTold((before) => [...before.slice(-2), { id, text, link }]);
  });
  const dismiss = (gone: number) => {
    setIsHeld(false);
    setTold((before) => before.filter(({ id }) => id !== gone));
  };
  return (
    <Context value={tell}>
      {children}
      <div
        aria-live="polite"
        className="pointer-events-none fixed inset-x-0 bottom-4 z-[60] flex flex-col items-center gap-2 px-4 print:hidden"
      >
        {told.map(({ id, text, link }) => (
          <Toast key={id} text={text} link={link} isHeld={isHeld} onHold={setIsHeld} onDismiss={() => dismiss(id)} />
        ))}
      </div>
    </Context>
  );
}

interface ToastProps {
  readonly text: string;
  readonly link: ReactNode;
  readonly isHeld: boolean;
  readonly onHold: (isHeld: boolean) => void;
  readonly onDismiss: () => void;
}

function Toast({ text, link, isHeld, onHold, onDismiss }: ToastProps) {
  const dismiss = useRef(onDismiss);
  useEffect(() => {
    dismiss.current = onDismiss;
  });
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => dismiss.current(), shownMs);
    return () => clearTimeout(timer);
  }, [isHeld]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer only holds it; nothing is done by it
    <div
      className="pointer-events-auto flex max-w-md animate-enter items-start gap-2 rounded border border-line-strong bg-raised py-1 pr-1 pl-3 shadow-float"
      onPointerEnter={() => onHold(true)}
      onPointerLeave={() => onHold(false)}
      onFocus={() => onHold(true)}
      onBlur={() => onHold(false)}
    >
      <CircleCheck aria-hidden size={15} className="mt-1.5 shrink-0 text-success" />
      <p className="min-w-0 flex-1 py-1 [overflow-wrap:anywhere]">
        {visibleMarks(text)}
        {link ? <> {link}</> : null}
      </p>
      <IconButton label="Dismiss" onClick={onDismiss}>
        <X aria-hidden size={14} />
      </IconButton>
    </div>
  );
}
