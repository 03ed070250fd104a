import { Button } from './button.tsx';
import { Refusal } from './refusal.tsx';

interface FormActionsProps {
  /** Why what was sent is refused; undefined: it is not, or the fields say so. */
  readonly refusal: string | undefined;
  readonly pending: boolean;
  /** What the button says that sends the form. */
  readonly word: string;
  readonly onCancel: () => void;
}

/** The foot of a form in a dialog: what was refused, the way back, and the way on. */
export function FormActions({ refusal, pending, word, onCancel }: FormActionsProps) {
  return (
    <div className="flex flex-col gap-3 border-t p-4">
      {refusal === undefined ? null : <Refusal>{refusal}</Refusal>}
      <div className="flex justify-end gap-1.5">
        <Button look="quiet" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" look="primary" disabled={pending}>
          {pending ? 'One moment' : word}
        </Button>
      </div>
    </div>
  );
}
