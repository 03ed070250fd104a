import { type InputHTMLAttributes, type ReactNode, useId } from 'react';

type CheckFieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> & {
  label: ReactNode;
  hint?: ReactNode;
  /** One of several that exclude each other; absent: on or off by itself. */
  type?: 'checkbox' | 'radio';
};

/** A box to tick, or one choice of several, with what it means below. */
export function CheckField({ label, hint, type = 'checkbox', ...rest }: CheckFieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div className="flex items-start gap-2.5">
      <input
        id={id}
        type={type}
        className="mt-[3px] size-3.5 shrink-0 accent-inverse"
        aria-describedby={hint ? hintId : undefined}
        {...rest}
      />
      <div className="min-w-0">
        <label htmlFor={id}>{label}</label>
        {hint ? (
          <p id={hintId} className="text-sm text-muted">
            {hint}
          </p>
        ) : null}
      </div>
    </div>
  );
}

/** Fields that belong together, under one name. */
export function FieldGroup({
  label,
  error,
  children,
}: {
  label: string;
  error?: string | undefined;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <fieldset className="flex min-w-0 flex-col gap-2" aria-describedby={error ? id : undefined}>
      <legend className="pb-1.5 font-medium">{label}</legend>
      {children}
      {error ? (
        <p id={id} className="text-sm text-failed">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
