import { type FormEvent, type ReactNode, useEffect, useId, useState } from 'react';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** What a control takes so that its label and its note belong to it. */
interface ControlTies {
  readonly id: string;
  readonly onInvalid: (event: FormEvent<Control>) => void;
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

/**
 * The frame of every field: a label above, and below a hint or an error that is said by the same voice. What the
 * control's own rules (`required`, `min`, `type`) find as the form is sent stands there, too, in place of the browser's
 * bubble.
 */
export function LabelledField({ label, optional = false, hint, error, live = false, children }: LabelledFieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const [wrong, setWrong] = useState<{ readonly control: Control; readonly fault: string }>();
  // However it came to be so: a choice from a list tells of no input.
  useEffect(() => {
    if (!wrong) return;
    const { control } = wrong;
    const lookAgain = () => {
      const fault = control.validity.valid ? undefined : faultOf(control);
      if (fault !== wrong.fault) setWrong(fault === undefined ? undefined : { control, fault });
    };
    lookAgain();
    // Nor does half a date, which is no value.
    control.addEventListener('keyup', lookAgain);
    return () => control.removeEventListener('keyup', lookAgain);
  });
  const fault = wrong?.fault ?? error;
  const note = fault ?? hint;
  const ties: ControlTies = {
    id,
    onInvalid: (event) => {
      event.preventDefault();
      setWrong({ control: event.currentTarget, fault: faultOf(event.currentTarget) });
      firstWrong(event.currentTarget.form)?.focus();
    },
    'aria-invalid': fault ? true : undefined,
    'aria-describedby': note ? noteId : undefined,
  };
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="flex items-baseline gap-1.5 font-medium">
        {label}
        {optional ? <span className="text-sm font-normal text-muted">optional</span> : null}
      </label>
      {children(ties)}
      {note || live ? (
        <p id={noteId} role={live ? 'status' : undefined} className={`text-sm ${fault ? 'text-failed' : 'text-muted'}`}>
          {note}
        </p>
      ) : null}
    </div>
  );
}

function firstWrong(form: HTMLFormElement | null) {
  return form?.querySelector<Control>('input:invalid, select:invalid, textarea:invalid');
}

/** What the browser says is in its own language, but says more of kinds that are rare. */
function faultOf({ type, validity, title, validationMessage }: Control): string {
  if (validity.valueMissing && !validity.badInput) return 'This is needed.';
  if (validity.typeMismatch) return type === 'email' ? 'Not an email address.' : 'Not a whole address: https://…';
  return title || validationMessage;
}
