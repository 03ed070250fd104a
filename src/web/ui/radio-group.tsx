import { type ReactNode, useId } from 'react';
import { CheckField, FieldGroup } from './check-field.tsx';

interface RadioOption<Value extends string | number> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string | undefined;
}

interface RadioGroupProps<Value extends string | number> {
  readonly label: string;
  readonly options: readonly RadioOption<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly error?: string | undefined;
  readonly disabled?: boolean;
  /** The option that has the focus when the group appears. */
  readonly focused?: Value;
  /** What belongs to the choice that was made. */
  readonly children?: ReactNode;
}

/** One choice of a few, all in sight, each with what it means. */
export function RadioGroup<Value extends string | number>(props: RadioGroupProps<Value>) {
  const { label, options, value, onChange, error, disabled, focused, children } = props;
  const name = useId();
  return (
    <FieldGroup label={label} error={error}>
      {options.map((option) => (
        <CheckField
          key={option.value}
          type="radio"
          name={name}
          label={option.label}
          hint={option.hint}
          checked={value === option.value}
          disabled={disabled}
          autoFocus={option.value === focused}
          onChange={() => onChange(option.value)}
        />
      ))}
      {children}
    </FieldGroup>
  );
}
