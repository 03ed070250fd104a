import { type ReactNode, type Ref, type TextareaHTMLAttributes, useId } from 'react';
import { fieldLook } from './text-field.tsx';

type TextAreaProps = TextareaHTMLAttributes<HTMLTextAreaElement> & {
  label: string;
  optional?: boolean;
  hint?: ReactNode;
  error?: string | undefined;
  ref?: Ref<HTMLTextAreaElement>;
};

/** A labelled field for some lines of text, with its hint and its error said by the same voice. */
export function TextArea({ label, optional = false, hint, error, className = '', ...rest }: TextAreaProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="flex items-baseline gap-1.5 font-medium">
        {label}
        {optional ? <span className="text-sm font-normal text-muted">optional</span> : null}
      </label>
      <textarea
        id={id}
        rows={3}
        className={`${fieldLook} !h-auto resize-y py-1.5 ${className}`}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? noteId : undefined}
        {...rest}
      />
      {note ? (
        <p id={noteId} className={`text-sm ${error ? 'text-failed' : 'text-muted'}`}>
          {note}
        </p>
      ) : null}
    </div>
  );
}
