import { type FormEvent, useState } from 'react';
import { ShiplogError } from '../../../client/shiplog-error.ts';
import { fieldFault, refusalText } from '../../lib/refusal.ts';
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
  const fault = change.error instanceof ShiplogError ? fieldFault(change.error, 'name') : undefined;
  return (
    <form onSubmit={submit} className="flex max-w-md flex-col gap-3">
      <TextField
        label="Name"
        maxLength={128}
        autoComplete="name"
        required
        hint="How others see you beside what you deploy and approve."
        error={fault}
        value={text}
        onChange={({ target }) => setTyped(target.value)}
      />
      {change.error && fault === undefined ? <Refusal>{refusalText(change.error)}</Refusal> : null}
      <div>
        <Button type="submit" look="primary" disabled={!isChanged || change.isPending}>
          {change.isPending ? 'One moment' : 'Save'}
        </Button>
      </div>
    </form>
  );
}
