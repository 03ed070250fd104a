import { type Ref, type TextareaHTMLAttributes, useId } from 'react';
import { fieldLook } from './text-field.tsx';

type TextAreaProps = TextareaHTMLAttributes<HTMLTextAreaElement> & {
  label: string;
  optional?: boolean;
  ref?: Ref<HTMLTextAreaElement>;
};

/** A labelled field for some lines of text. */
export function TextArea({ label, optional = false, ...rest }: TextAreaProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="flex items-baseline gap-1.5 font-medium">
        {label}
        {optional ? <span className="text-sm font-normal text-muted">optional</span> : null}
      </label>
      <textarea id={id} rows={3} className={`${fieldLook} !h-auto resize-y py-1.5`} {...rest} />
    </div>
  );
}
