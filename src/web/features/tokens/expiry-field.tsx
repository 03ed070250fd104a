import { formatDate } from '../../lib/time-format.ts';
import { DateField } from '../../ui/date-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { dayText, type Expiry, expiryChoices, expiryMoment, expiryWords } from './token-expiry.ts';

interface ExpiryFieldProps {
  readonly expiry: Expiry;
  /** When the form was opened, epoch milliseconds. */
  readonly openedAt: number;
  readonly onChange: (expiry: Expiry) => void;
  readonly error: string | undefined;
  /** Whether it may last for ever. */
  readonly mayLast: boolean;
}

/** When a token is to end. */
export function ExpiryField({ expiry, openedAt, onChange, error, mayLast }: ExpiryFieldProps) {
  const choices = expiryChoices.filter((choice) => mayLast || choice !== 'never');
  const isDay = expiry.choice === 'on';
  const end = expiryMoment(expiry, openedAt);
  const lasts =
    expiry.choice === 'never' ? 'It works until somebody revokes it.' : 'Choose the last day on which it works.';
  return (
    <div className="grid gap-3 md:grid-cols-2">
      <SelectField
        label="Expires"
        options={choices.map((value) => ({ value, label: expiryWords[value] }))}
        value={expiry.choice}
        onChange={(choice) => onChange({ ...expiry, choice })}
        error={isDay ? undefined : error}
        hint={end === undefined ? lasts : `It works until ${formatDate(end)}.`}
      />
      {isDay ? (
        <DateField
          label="Last day"
          required
          min={dayText(openedAt)}
          value={expiry.day}
          onChange={(day) => onChange({ ...expiry, day })}
          error={error}
        />
      ) : null}
    </div>
  );
}
