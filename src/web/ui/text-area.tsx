import type { ReactNode, Ref, TextareaHTMLAttributes } from 'react';
import { LabelledField } from './labelled-field.tsx';
import { fieldLook } from './text-field.tsx';

type TextAreaProps = TextareaHTMLAttributes<HTMLTextAreaElement> & {
  label: string;
  optional?: boolean;
  hint?: ReactNode;
  error?: string | undefined;
  ref?: Ref<HTMLTextAreaElement>;
};

/** A labelled field for some lines of text. */
export function TextArea({ label, optional = false, hint, error, className = '', ...rest }: TextAreaProps) {
  return (
    <LabelledField label={label} optional={optional} hint={hint} error={error}>
      {(ties) => (
        <textarea rows={3} className={`${fieldLook} !h-auto resize-y py-1.5 ${className}`} {...ties} {...rest} />
      )}
    </LabelledField>
  );
}
