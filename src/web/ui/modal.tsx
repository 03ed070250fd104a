import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type ReactNode, useRef, useState } from 'react';
import { visibleMarks } from '../lib/visible-marks.ts';
import { IconButton } from './button.tsx';
import { pageHeading, TabTitle } from './page-title.tsx';

interface ModalProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Where the focus goes after closing; absent: to what had it before. */
  readonly returnFocus?: () => HTMLElement | null;
  readonly hideTitle?: boolean;
  readonly width?: string;
  /**
   * What a slip must not lose, so that a click beside it does not close it, and Esc asks first. Absent: what was
   * entered.
   */
  readonly holds?: Held | 'nothing';
}

type Held = 'entries' | 'secret';

const shade = 'fixed inset-0 z-40 bg-shade';

/** A dialog in the middle of the page. The focus stays in it and returns; Esc closes it. */
export function Modal(props: ModalProps) {
  const { title, description, onClose, children, returnFocus, hideTitle, width = 'max-w-lg' } = props;
  const { warning, hold } = useHold(props.holds ?? 'entries');
  const giveFocusBack = useFocusReturn(returnFocus);
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={shade} />
        <Dialog.Content
          className={`fixed top-[12vh] left-1/2 z-50 flex max-h-[76vh] w-[calc(100vw-32px)] ${width} -translate-x-1/2 flex-col overflow-hidden rounded border border-line-strong bg-raised shadow-float focus:outline-none`}
          {...(description ? {} : { 'aria-describedby': undefined })}
          onCloseAutoFocus={giveFocusBack}
          {...hold}
        >
          <div className={hideTitle ? 'sr-only' : 'flex items-center gap-3 border-b py-2.5 pr-2.5 pl-4'}>
            <Dialog.Title className="flex-1 text-lg font-semibold">{visibleMarks(title)}</Dialog.Title>
            {hideTitle ? null : (
              <Dialog.Close asChild>
                <IconButton label="Close">
                  <X aria-hidden size={16} />
                </IconButton>
              </Dialog.Close>
            )}
          </div>
          {description ? <Dialog.Description className="px-4 pt-3 text-muted">{description}</Dialog.Description> : null}
          {children}
          {warning === undefined ? null : (
            <p role="alert" className="border-t bg-waiting-tint px-4 py-2 text-waiting">
              {warning} Press Esc to close it all the same.
            </p>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const lossWords: Readonly<Record<Held, string>> = {
  entries: 'What you entered would be lost.',
  secret: 'It is not shown again.',
};

/** Lets neither a click beside a dialog nor the first Esc close it while it holds something. */
function useHold(holds: Held | 'nothing') {
  const isEntered = useRef(false);
  const [warnedOf, setWarnedOf] = useState<Held>();
  const isWarned = warnedOf === holds;
  const keep = (event: Event) => {
    if (holds === 'nothing' || (holds === 'entries' && !isEntered.current)) return;
    event.preventDefault();
    setWarnedOf(holds);
  };
  return {
    warning: warnedOf !== undefined && isWarned ? lossWords[warnedOf] : undefined,
    hold: {
      onInput: () => {
        isEntered.current = true;
        setWarnedOf(undefined);
      },
      // Not where the focus goes: a dialog that opens over this one, as to sign in again, takes it.
      onPointerDownOutside: keep,
      onEscapeKeyDown: (event: Event) => {
        if (!isWarned) keep(event);
      },
    },
  };
}

/** A dialog at the right edge, as tall as the page; the whole page on a telephone. */
export function Drawer({ title, onClose, children, returnFocus }: ModalProps) {
  const giveFocusBack = useFocusReturn(returnFocus);
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={shade} />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 right-0 z-50 flex w-full animate-slide flex-col border-l border-line-strong bg-canvas shadow-float focus:outline-none md:w-[560px]"
          onOpenAutoFocus={(opening) => {
            opening.preventDefault();
            if (opening.currentTarget instanceof HTMLElement) opening.currentTarget.focus();
          }}
          onCloseAutoFocus={giveFocusBack}
        >
          <TabTitle>{title}</TabTitle>
          <Dialog.Title className="sr-only">{title}</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** What a dialog holds; scrolls where it is taller than the page. */
export function DialogBody({ children }: { children: ReactNode }) {
  return <div className="flex min-h-0 flex-col gap-5 overflow-y-auto p-4">{children}</div>;
}

/** The head of a drawer: whose it is, what can be done with it, and the way out. */
export function DrawerHead({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <header className="flex items-center gap-1 border-b py-2.5 pr-3 pl-5">
      {/* The dialog says its title itself. */}
      <p
        aria-hidden
        className="min-w-0 flex-1 text-lg font-semibold [overflow-wrap:anywhere] max-md:line-clamp-2 md:truncate"
      >
        {title}
      </p>
      {children}
      <DrawerClose />
    </header>
  );
}

/** What gives the focus back: without a trigger of its own, Radix leaves it nowhere. */
function useFocusReturn(returnFocus: ModalProps['returnFocus']): (closing: Event) => void {
  const [opener] = useState(() => document.activeElement);
  return (closing) => {
    closing.preventDefault();
    const target = returnFocus?.() ?? opener;
    // A button that was off while it sent something had lost the focus as the dialog opened.
    if (target instanceof HTMLElement && target !== document.body) target.focus();
    else pageHeading()?.focus();
  };
}

function DrawerClose() {
  return (
    <Dialog.Close asChild>
      <IconButton label="Close">
        <X aria-hidden size={16} />
      </IconButton>
    </Dialog.Close>
  );
}
