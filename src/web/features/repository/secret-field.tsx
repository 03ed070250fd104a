import { CheckField } from '../../ui/check-field.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';

interface SecretFieldProps {
  readonly label: string;
  /** It has several lines, as a key has. */
  readonly lines?: boolean;
  readonly hint: string;
  /** There is one already, which is never shown. */
  readonly has: boolean;
  /** The one that is there stays, as what it is for is the same. */
  readonly kept: boolean;
  readonly error: string | undefined;
  readonly value: string;
  readonly removes: boolean;
  readonly onChange: (value: string, removes: boolean) => void;
}

/** Something that the server keeps and never shows: typed anew, kept, or taken away. */
export function SecretField(props: SecretFieldProps) {
  const { label, lines = false, hint, has, kept, error, value, removes, onChange } = props;
  const field = {
    label,
    optional: true,
    autoComplete: lines ? 'off' : 'new-password',
    spellCheck: false,
    disabled: removes,
    hint: hintOf(hint, has, kept),
    error,
    value,
  };
  return (
    <div className="flex flex-col gap-2">
      {lines ? (
        <TextArea
          {...field}
          rows={4}
          maxLength={16_384}
          className="font-mono text-sm"
          placeholder="-----BEGIN OPENSSH PRIVATE KEY-----"
          onChange={({ target }) => onChange(target.value, false)}
        />
      ) : (
        <TextField
          {...field}
          type="password"
          maxLength={2048}
          onChange={({ target }) => onChange(target.value, false)}
        />
      )}
      {has && kept ? (
        <CheckField
          label={`Take the ${label.toLowerCase()} away`}
          checked={removes}
          onChange={({ target }) => onChange('', target.checked)}
        />
      ) : null}
    </div>
  );
}

function hintOf(hint: string, has: boolean, kept: boolean): string {
  if (!has) return `${hint} It is stored encrypted and never shown again.`;
  if (!kept) return 'The one there is was for another address: without one here, there is none.';
  return 'There is one, which is kept and never shown. Type another one to replace it.';
}
