import type { Hook } from '../../../contract/hooks.ts';
import { CheckField, FieldGroup } from '../../ui/check-field.tsx';
import { RadioGroup } from '../../ui/radio-group.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { HookDraft } from './hook-draft.ts';
import { shapes, shapeWords, topics, topicWords } from './hook-words.ts';

interface FieldsProps {
  readonly draft: HookDraft;
  readonly onChange: (change: Partial<HookDraft>) => void;
}

/** How what is sent is worded; of a webhook that is there already, only said. */
export function ShapeFields({ draft, onChange, fixed }: FieldsProps & { fixed: boolean }) {
  const offered = fixed ? [draft.shape] : shapes;
  return (
    <RadioGroup
      label="Worded as"
      options={offered.map((shape) => ({ value: shape, ...shapeWords[shape] }))}
      value={draft.shape}
      onChange={(shape) => onChange({ shape })}
    />
  );
}

export function TopicFields({ draft, onChange, error }: FieldsProps & { error: string | undefined }) {
  return (
    <FieldGroup label="Told of" error={error}>
      {topics.map((topic) => (
        <CheckField
          key={topic}
          {...topicWords[topic]}
          checked={draft.topics.includes(topic)}
          onChange={({ target }) =>
            onChange({
              topics: topics.filter((each) => (each === topic ? target.checked : draft.topics.includes(each))),
            })
          }
        />
      ))}
    </FieldGroup>
  );
}

interface SecretFieldProps extends FieldsProps {
  readonly hook: Hook | undefined;
  readonly error: string | undefined;
}

export function SecretField({ draft, onChange, hook, error }: SecretFieldProps) {
  return (
    <div className="flex flex-col gap-2">
      <TextField
        label="Secret"
        optional
        type="password"
        autoComplete="new-password"
        spellCheck={false}
        maxLength={2048}
        disabled={draft.removesSecret}
        hint={secretHint(draft, hook)}
        error={error}
        value={draft.secret}
        onChange={(event) => onChange({ secret: event.target.value })}
      />
      {hook?.has_secret ? (
        <CheckField
          label="Take the secret away"
          checked={draft.removesSecret}
          onChange={({ target }) => onChange({ removesSecret: target.checked, secret: '' })}
        />
      ) : null}
    </div>
  );
}

export function DeliveryFields({ draft, onChange }: FieldsProps) {
  return (
    <FieldGroup label="Delivery">
      <CheckField
        label="Check the TLS certificate of the URL"
        hint="Without it, anybody between the two servers could read and change what is sent."
        checked={draft.verifyTls}
        onChange={({ target }) => onChange({ verifyTls: target.checked })}
      />
      <CheckField
        label="Active"
        hint="A paused webhook is told of nothing that happens meanwhile."
        checked={draft.active}
        onChange={({ target }) => onChange({ active: target.checked })}
      />
    </FieldGroup>
  );
}

function secretHint(draft: HookDraft, hook: Hook | undefined): string {
  if (draft.shape === 'standard' && !hook?.has_secret)
    return 'whsec_ and the base64 of at least 24 random bytes. The receiver checks signatures with it; it is never shown again.';
  if (!hook?.has_secret) return 'By it the receiver knows that a request is from here. It is never shown again.';
  if (draft.url.trim() !== hook.url) return 'The secret was for the old URL: without one here, the new URL gets none.';
  return 'It has one, which is kept and never shown. Type another one to replace it.';
}
