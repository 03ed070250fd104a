import { type FormEvent, useState } from 'react';
import type { Hook } from '../../../contract/hooks.ts';
import { fieldFault, refusalBesides } from '../../lib/refusal.ts';
import { FormActions } from '../../ui/form-actions.tsx';
import { DialogBody, Modal } from '../../ui/modal.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { draftOf, type HookDraft } from './hook-draft.ts';
import { DeliveryFields, SecretField, ShapeFields, TopicFields } from './hook-fields.tsx';
import { useSaveHook } from './save-hook-mutation.ts';

interface HookDialogProps {
  readonly project: string;
  /** The one to change; absent: a new one. */
  readonly hook: Hook | undefined;
  readonly onClose: () => void;
  readonly onSaved: (hook: Hook) => void;
  readonly returnFocus: () => HTMLElement | null;
}

/** Creates or changes a webhook. What was entered outlives every refusal. */
export function HookDialog({ project, hook, onClose, onSaved, returnFocus }: HookDialogProps) {
  const [begun] = useState(() => draftOf(hook));
  const [draft, setDraft] = useState(begun);
  const save = useSaveHook(project, hook);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate({ draft, begun }, { onSuccess: onSaved });
  };
  return (
    <Modal
      title={hook ? 'Change the webhook' : `New webhook of ${project}`}
      onClose={onClose}
      returnFocus={returnFocus}
    >
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <Fields
          draft={draft}
          hook={hook}
          refusal={save.error}
          onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
        />
        <FormActions
          refusal={refusalBesides(shownFields, save.error)}
          pending={save.isPending}
          word={hook ? 'Save' : 'Create the webhook'}
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}

/** Fields whose faults stand beside them. */
const shownFields = ['url', 'topics', 'secret'] as const;

interface FieldsProps {
  readonly draft: HookDraft;
  readonly hook: Hook | undefined;
  readonly refusal: Error | null;
  readonly onChange: (change: Partial<HookDraft>) => void;
}

function Fields({ draft, hook, refusal, onChange }: FieldsProps) {
  return (
    <DialogBody>
      <TextField
        label="URL"
        type="url"
        required
        autoFocus
        maxLength={2048}
        autoComplete="off"
        spellCheck={false}
        placeholder="https://example.com/hook"
        hint="Where the requests go, by POST."
        error={fieldFault(refusal, 'url')}
        value={draft.url}
        onChange={(event) => onChange({ url: event.target.value })}
      />
      <ShapeFields draft={draft} onChange={onChange} fixed={hook !== undefined} />
      <TopicFields draft={draft} onChange={onChange} error={fieldFault(refusal, 'topics')} />
      <SecretField draft={draft} onChange={onChange} hook={hook} error={fieldFault(refusal, 'secret')} />
      <DeliveryFields draft={draft} onChange={onChange} />
    </DialogBody>
  );
}
