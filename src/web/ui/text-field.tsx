import type { InputHTMLAttributes, ReactNode, Ref } from 'react';
import { LabelledField } from './labelled-field.tsx';

export const fieldLook =
  'h-9 w-full min-w-0 rounded border border-line-strong bg-canvas px-2.5 text-base text-fg outline-offset-0 focus-visible:outline-2 aria-invalid:border-failed';

type TextFieldProps = InputHTMLAttributes<HTMLInputElement> & {
  label: string;
  optional?: boolean;
  hint?: ReactNode;
  error?: string | undefined;
  /** A small button in the field, at its end. */
  end?: ReactNode;
  ref?: Ref<HTMLInputElement>;
};

/** A labelled field for one line of text. */
export function TextField({ label, optional = false, hint, error, end, ...rest }: TextFieldProps) {
  return (
    <LabelledField label={label} optional={optional} hint={hint} error={error}>
      {(ties) => (
        <div className="relative">
          <input className={`${fieldLook} ${end ? 'pr-10' : ''}`} {...ties} {...rest} />
          {end ? <span className="absolute inset-y-0 right-1 flex items-center">{end}</span> : null}
        </div>
      )}
    </LabelledField>
  );
}
