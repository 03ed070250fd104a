import { type FormEvent, useState } from 'react';
import { fieldFault, refusalBesides } from '../../lib/refusal.ts';
import { UnsavedEdits } from '../../lib/unsaved-edits.tsx';
import { Button } from '../../ui/button.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useChangeName } from './change-name-mutation.ts';

/** What the reader is called. What was typed outlives every refusal. */
export function NameForm({ name }: { name: string }) {
  const [typed, setTyped] = useState<string>();
  const change = useChangeName();
  const tell = useToast();
  const text = typed ?? name;
  const isChanged = text.trim() !== name && text.trim() !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isChanged || change.isPending) return;
    change.mutate(text.trim(), {
      onSuccess: () => {
        setTyped((now) => (now === typed ? undefined : now));
        tell('Your name is saved.');
      },
    });
  };
  const refusal = refusalBesides(['name'], change.error);
  return (
    <form onSubmit={submit} className="flex max-w-form flex-col gap-3">
      <UnsavedEdits when={isChanged} />
      <TextField
        label="Name"
        maxLength={128}
        autoComplete="name"
        required
        hint="How others see you beside what you deploy and approve."
        error={fieldFault(change.error, 'name')}
        value={text}
        onChange={({ target }) => setTyped(target.value)}
      />
      {refusal === undefined ? null : <Refusal>{refusal}</Refusal>}
      <div>
        <Button type="submit" look="primary" disabled={!isChanged || change.isPending}>
          {change.isPending ? 'One moment' : 'Save'}
        </Button>
      </div>
    </form>
  );
}
