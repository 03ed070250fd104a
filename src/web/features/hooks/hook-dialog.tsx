import { type FormEvent, useState } from 'react';
import { ShiplogError } from '../../../client/shiplog-error.ts';
import type { Hook } from '../../../contract/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField, FieldGroup } from '../../ui/check-field.tsx';
import { Modal } from '../../ui/modal.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { draftOf, type HookDraft } from './hook-draft.ts';
import { SecretField, ShapeFields, TopicFields } from './hook-fields.tsx';
import { fieldFault, refusalText } from './hook-words.ts';
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
  const [draft, setDraft] = useState(() => draftOf(hook));
  const save = useSaveHook(project, hook);
  const patch = (change: Partial<HookDraft>) => setDraft((before) => ({ ...before, ...change }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate(draft, { onSuccess: onSaved });
  };
  const refusal = save.error instanceof ShiplogError ? save.error : undefined;
  const isFieldFault = shownFields.some((field) => fieldFault(refusal, field) !== undefined);
  return (
    <Modal
      title={hook ? 'Change the webhook' : `New webhook of ${project}`}
      onClose={onClose}
      returnFocus={returnFocus}
    >
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <div className="flex min-h-0 flex-col gap-5 overflow-y-auto p-4">
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
            onChange={(event) => patch({ url: event.target.value })}
          />
          <ShapeFields draft={draft} onChange={patch} fixed={hook !== undefined} />
          <TopicFields draft={draft} onChange={patch} error={fieldFault(refusal, 'topics')} />
          <SecretField draft={draft} onChange={patch} hook={hook} error={fieldFault(refusal, 'secret')} />
          <FieldGroup label="Delivery">
            <CheckField
              label="Check the TLS certificate of the URL"
              hint="Without it, anybody between the two servers could read and change what is sent."
              checked={draft.verifyTls}
              onChange={(event) => patch({ verifyTls: event.target.checked })}
            />
            <CheckField
              label="Active"
              hint="A paused webhook is told of nothing that happens meanwhile."
              checked={draft.active}
              onChange={(event) => patch({ active: event.target.checked })}
            />
          </FieldGroup>
        </div>
        <div className="flex flex-col gap-3 border-t p-4">
          {save.error && !isFieldFault ? (
            <p role="alert" className="rounded bg-failed-tint px-3 py-2 break-words whitespace-pre-line text-failed">
              {refusalText(save.error)}
            </p>
          ) : null}
          <div className="flex justify-end gap-1.5">
            <Button look="quiet" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" look="primary" disabled={save.isPending}>
              {save.isPending ? 'One moment' : hook ? 'Save' : 'Create the webhook'}
            </Button>
          </div>
        </div>
      </form>
    </Modal>
  );
}

/** Fields whose faults stand beside them. */
const shownFields = ['url', 'topics', 'secret'] as const;
