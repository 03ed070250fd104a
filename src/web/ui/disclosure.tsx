import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { usePrinting } from '../lib/use-printing.ts';

interface DisclosureProps {
  /** What the button says. */
  readonly head: ReactNode;
  /** A row as wide as its list, instead of a few words. */
  readonly row?: boolean;
  readonly children: ReactNode;
}

/** A button that shows what is below it and hides it again. On paper it is shown. */
export function Disclosure({ head, row = false, children }: DisclosureProps) {
  const [isOpened, setOpened] = useState(false);
  const isPrinting = usePrinting();
  const isOpen = isOpened || isPrinting;
  const id = useId();
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpened(!isOpened)}
        className={`flex items-center hover:bg-hover ${row ? 'w-full gap-2 py-1.5 text-left' : '-ml-1 gap-1.5 rounded-[4px] px-1 py-0.5 text-muted hover:text-fg'}`}
      >
        <ChevronRight
          aria-hidden
          size={13}
          className={`shrink-0 text-muted transition-transform duration-100 print:hidden ${isOpen ? 'rotate-90' : ''}`}
        />
        {head}
      </button>
      <div id={id} hidden={!isOpen}>
        {isOpen ? children : null}
      </div>
    </>
  );
}
