import type { Token } from '../../../contract/access.ts';
import { refusalText } from '../../lib/refusal.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useRevokeToken } from './revoke-token-mutation.ts';
import type { TokenHolder } from './token-holder.ts';

interface RevokeTokenDialogProps {
  readonly holder: TokenHolder;
  readonly token: Token;
  readonly onClose: () => void;
  readonly onRevoked: () => void;
  readonly returnFocus: () => HTMLElement | null;
}

/** Asks before a token is ended. */
export function RevokeTokenDialog({ holder, token, onClose, onRevoked, returnFocus }: RevokeTokenDialogProps) {
  const revoke = useRevokeToken(holder);
  return (
    <ConfirmDialog
      title="Revoke the token?"
      word="Revoke the token"
      busy={revoke.isPending}
      error={revoke.error ? refusalText(revoke.error) : undefined}
      onConfirm={() => revoke.mutate(token.id, { onSuccess: onRevoked })}
      onClose={onClose}
      returnFocus={returnFocus}
    >
      <p>
        Whatever uses <strong className="font-medium text-fg">{token.name}</strong> is refused from now on, and sessions
        that were begun with it end. This cannot be undone.
      </p>
    </ConfirmDialog>
  );
}
