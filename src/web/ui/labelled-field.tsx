import { type ReactNode, useId } from 'react';

/** What a control takes so that its label and its note belong to it. */
interface ControlTies {
  readonly id: string;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-describedby': string | undefined;
}

interface LabelledFieldProps {
  readonly label: string;
  readonly optional?: boolean;
  readonly hint?: ReactNode;
  /** Stands in place of the hint. */
  readonly error?: string | undefined;
  /** The note changes while the field has the focus, and is read aloud as it does. */
  readonly live?: boolean;
  readonly children: (ties: ControlTies) => ReactNode;
}

/** The frame of every field: a label above, and below a hint or an error that is said by the same voice. */
export function LabelledField({ label, optional = false, hint, error, live = false, children }: LabelledFieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="flex items-baseline gap-1.5 font-medium">
        {label}
        {optional ? <span className="text-sm font-normal text-muted">optional</span> : null}
      </label>
      {children({ id, 'aria-invalid': error ? true : undefined, 'aria-describedby': note ? noteId : undefined })}
      {note || live ? (
        <p id={noteId} role={live ? 'status' : undefined} className={`text-sm ${error ? 'text-failed' : 'text-muted'}`}>
          {note}
        </p>
      ) : null}
    </div>
  );
}
