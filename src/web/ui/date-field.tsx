import type { ReactNode } from 'react';
import { TextField } from './text-field.tsx';

interface DateFieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** `yyyy-mm-dd`, or nothing. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The first day that can be chosen, `yyyy-mm-dd`. */
  readonly min?: string | undefined;
  readonly required?: boolean;
  readonly optional?: boolean;
}

/** A day. */
export function DateField({ onChange, ...rest }: DateFieldProps) {
  return <TextField type="date" max="9999-12-31" onChange={({ target }) => onChange(target.value)} {...rest} />;
}
