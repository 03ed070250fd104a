import { countText } from '../../lib/count-text.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import type { Shortened } from './retention-draft.ts';
import { kindWords } from './retention-words.ts';

interface ShortenDialogProps {
  /** Kinds of which something may be lost. */
  readonly shortened: readonly Shortened[];
  readonly busy: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before things are kept shorter, since what is older is deleted. */
export function ShortenDialog({ shortened, busy, onConfirm, onClose }: ShortenDialogProps) {
  return (
    <ConfirmDialog
      title="Delete what is older?"
      word="Delete and save"
      busy={busy}
      error={undefined}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p>Within an hour this is gone, and cannot be brought back:</p>
      <ul className="list-disc pt-2 pl-5">
        {shortened.map(({ kind, days }) => (
          <li key={kind}>
            {kindWords[kind].name} older than {countText(days, 'day')}
          </li>
        ))}
      </ul>
    </ConfirmDialog>
  );
}
