import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Modal } from './modal.tsx';

interface ConfirmDialogProps {
  readonly title: string;
  /** What it does to whom, and that it cannot be undone. */
  readonly children: ReactNode;
  /** What the button says that does it. */
  readonly word: string;
  readonly busy: boolean;
  /** Why it could not be done. */
  readonly error: string | undefined;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly returnFocus?: () => HTMLElement | null;
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog({ children, word, busy, error, onConfirm, onClose, ...rest }: ConfirmDialogProps) {
  return (
    <Modal onClose={onClose} width="max-w-md" {...rest}>
      <div className="flex min-h-0 flex-col gap-4 overflow-y-auto p-4">
        <div className="break-words text-soft">{children}</div>
        {error === undefined ? null : (
          <p role="alert" className="rounded bg-failed-tint px-3 py-2 break-words whitespace-pre-line text-failed">
            {error}
          </p>
        )}
        <div className="flex justify-end gap-1.5">
          <Button look="quiet" autoFocus onClick={onClose}>
            Cancel
          </Button>
          <Button look="danger" disabled={busy} onClick={onConfirm}>
            {busy ? 'One moment' : word}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
