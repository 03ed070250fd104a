import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { DialogBody, Modal } from './modal.tsx';
import { Refusal } from './refusal.tsx';
import { TextField } from './text-field.tsx';

interface ConfirmDialogProps {
  readonly title: string;
  /** What it does to whom, and that it cannot be undone. */
  readonly children: ReactNode;
  /** What the button says that does it. */
  readonly word: string;
  readonly busy: boolean;
  /** A name to type first, where much would be lost by a slip. */
  readonly mustType?: string | undefined;
  /** Why it could not be done. */
  readonly error: string | undefined;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly returnFocus?: () => HTMLElement | null;
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { children, word, busy, mustType, error, onConfirm, onClose, ...rest } = props;
  const [typed, setTyped] = useState('');
  const isTyped = mustType === undefined || typed.trim() === mustType;
  return (
    <Modal onClose={onClose} width="max-w-md" holds="nothing" {...rest}>
      <DialogBody>
        <div className="break-words text-soft">{children}</div>
        {mustType === undefined ? null : (
          <TextField
            label={`Type ${mustType} to confirm`}
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        )}
        {error === undefined ? null : <Refusal>{error}</Refusal>}
        <div className="flex justify-end gap-1.5">
          <Button look="quiet" autoFocus onClick={onClose}>
            Cancel
          </Button>
          <Button look="danger" disabled={busy || !isTyped} onClick={onConfirm}>
            {busy ? 'One moment' : word}
          </Button>
        </div>
      </DialogBody>
    </Modal>
  );
}
