import { useState } from 'react';
import type { Token } from '../../../contract/access.ts';
import { fieldFault, refusalText } from '../../lib/refusal.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ExpiryField } from './expiry-field.tsx';
import { useRotateToken } from './rotate-token-mutation.ts';
import { type Expiry, expiryMoment } from './token-expiry.ts';
import type { TokenHolder } from './token-holder.ts';

interface RotateTokenDialogProps {
  readonly holder: TokenHolder;
  readonly token: Token;
  readonly onClose: () => void;
  readonly onRotated: (token: Token) => void;
  readonly returnFocus: () => HTMLElement | null;
}

/** Asks before a token's secret is replaced. One that ends stays one that ends. */
export function RotateTokenDialog({ holder, token, onClose, onRotated, returnFocus }: RotateTokenDialogProps) {
  const mayLast = token.expires_at === null;
  const [expiry, setExpiry] = useState<Expiry>({ choice: mayLast ? 'never' : '90', day: '' });
  const [openedAt] = useState(() => Date.now());
  const rotate = useRotateToken(holder);
  const [lacksDay, setLacksDay] = useState(false);
  const fault = lacksDay ? 'Choose a day.' : fieldFault(rotate.error, 'expires_at');
  const confirm = () => {
    const end = expiryMoment(expiry, openedAt);
    const isOpen = end === undefined && expiry.choice === 'on';
    setLacksDay(isOpen);
    if (isOpen) return;
    const expiresAt = end === undefined ? undefined : new Date(end).toISOString();
    rotate.mutate({ id: token.id, expiresAt }, { onSuccess: onRotated });
  };
  return (
    <ConfirmDialog
      title="Rotate the token?"
      word="Rotate the token"
      busy={rotate.isPending}
      error={rotate.error && fault === undefined ? refusalText(rotate.error) : undefined}
      onConfirm={confirm}
      onClose={onClose}
      returnFocus={returnFocus}
    >
      <div className="flex flex-col gap-4">
        <p>
          <strong className="font-medium text-fg">{token.name}</strong> gets a new secret. The old one ends at once:
          whatever uses it is refused until it has the new one.
        </p>
        <ExpiryField expiry={expiry} openedAt={openedAt} onChange={setExpiry} error={fault} mayLast={mayLast} />
      </div>
    </ConfirmDialog>
  );
}
