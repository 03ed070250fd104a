import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react';

export const fieldLook =
  'h-9 w-full min-w-0 rounded border border-line-strong bg-canvas px-2.5 text-base text-fg outline-offset-0 focus-visible:outline-2 aria-invalid:border-failed';

type TextFieldProps = InputHTMLAttributes<HTMLInputElement> & {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** A small button in the field, at its end. */
  end?: ReactNode;
  ref?: Ref<HTMLInputElement>;
};

/** A labelled field with its hint and its error said by the same voice. */
export function TextField({ label, hint, error, end, ...rest }: TextFieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <div className="relative">
        <input
          id={id}
          className={`${fieldLook} ${end ? 'pr-10' : ''}`}
          aria-invalid={error ? true : undefined}
          aria-describedby={note ? noteId : undefined}
          {...rest}
        />
        {end ? <span className="absolute inset-y-0 right-1 flex items-center">{end}</span> : null}
      </div>
      {note ? (
        <p id={noteId} className={`text-sm ${error ? 'text-failed' : 'text-muted'}`}>
          {note}
        </p>
      ) : null}
    </div>
  );
}
