import { type FormEvent, useState } from 'react';
import { ShiplogError } from '../../../client/shiplog-error.ts';
import { type IncomingSource, incomingSources } from '../../../contract/incoming.ts';
import { fieldFault, refusalText } from '../../lib/refusal.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField, FieldGroup } from '../../ui/check-field.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { DialogBody, Modal } from '../../ui/modal.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useCreateSecret } from './create-secret-mutation.ts';
import { sourceNames } from './incoming-words.ts';
import { SetUpSteps } from './set-up-steps.tsx';

interface NewSecretDialogProps {
  readonly project: string;
  /** The tool that is chosen at first. */
  readonly source: IncomingSource;
  readonly onClose: () => void;
  readonly returnFocus: () => HTMLElement | null;
}

/** Makes a secret, then says what to enter at the tool. */
export function NewSecretDialog({ project, source, onClose, returnFocus }: NewSecretDialogProps) {
  const create = useCreateSecret(project);
  const made = create.data;
  if (made) {
    return (
      <Modal
        title={`Set up ${sourceNames[made.source]}`}
        onClose={onClose}
        returnFocus={returnFocus}
        width="max-w-xl"
        holds="secret"
      >
        <div className="min-h-0 overflow-y-auto p-4">
          <SetUpSteps secret={made} />
        </div>
        <div className="flex justify-end border-t p-4">
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </div>
      </Modal>
    );
  }
  return (
    <Modal title={`Let a tool tell ${project}`} onClose={onClose} returnFocus={returnFocus} width="max-w-xl">
      <SecretForm source={source} create={create} onCancel={onClose} />
    </Modal>
  );
}

interface SecretFormProps {
  readonly source: IncomingSource;
  readonly create: ReturnType<typeof useCreateSecret>;
  readonly onCancel: () => void;
}

function SecretForm({ source: first, create, onCancel }: SecretFormProps) {
  const [source, setSource] = useState(first);
  const [isOwn, setIsOwn] = useState(false);
  const [secret, setSecret] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!create.isPending) create.mutate(isOwn ? { source, secret } : { source });
  };
  const refusal = create.error instanceof ShiplogError ? create.error : undefined;
  const faults = { source: fieldFault(refusal, 'source'), secret: fieldFault(refusal, 'secret') };
  const isElsewhere = faults.source === undefined && faults.secret === undefined;
  return (
    <form onSubmit={submit} className="flex min-h-0 flex-col">
      <DialogBody>
        <FieldGroup label="Where the webhooks come from" error={faults.source}>
          {incomingSources.map((option) => (
            <CheckField
              key={option}
              type="radio"
              name="source"
              label={sourceNames[option]}
              autoFocus={option === first}
              checked={source === option}
              onChange={() => setSource(option)}
            />
          ))}
        </FieldGroup>
        <div className="flex flex-col gap-3">
          <CheckField
            label="Use a secret of my own"
            hint="Otherwise one is made. Either way it is stored sealed, and shown no more afterwards."
            checked={isOwn}
            onChange={(event) => setIsOwn(event.target.checked)}
          />
          {isOwn ? (
            <TextField
              label="Secret"
              type="password"
              autoComplete="off"
              spellCheck={false}
              required
              minLength={16}
              maxLength={255}
              hint="16 to 255 printable characters without blanks."
              error={faults.secret}
              value={secret}
              onChange={(event) => setSecret(event.target.value)}
            />
          ) : null}
        </div>
      </DialogBody>
      <FormActions
        refusal={create.error && isElsewhere ? refusalText(create.error) : undefined}
        pending={create.isPending}
        word="Make the secret"
        onCancel={onCancel}
      />
    </form>
  );
}
