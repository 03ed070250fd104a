import { type FormEvent, useState } from 'react';
import { type IncomingSource, incomingSources } from '../../../contract/incoming.ts';
import { fieldFault, refusalBesides } from '../../lib/refusal.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { DialogBody, Modal } from '../../ui/modal.tsx';
import { RadioGroup } from '../../ui/radio-group.tsx';
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
  return (
    <form onSubmit={submit} className="flex min-h-0 flex-col">
      <DialogBody>
        <RadioGroup
          label="Where the webhooks come from"
          options={incomingSources.map((each) => ({ value: each, label: sourceNames[each] }))}
          value={source}
          error={fieldFault(create.error, 'source')}
          focused={first}
          onChange={setSource}
        />
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
              error={fieldFault(create.error, 'secret')}
              value={secret}
              onChange={(event) => setSecret(event.target.value)}
            />
          ) : null}
        </div>
      </DialogBody>
      <FormActions
        refusal={refusalBesides(['source', 'secret'], create.error)}
        pending={create.isPending}
        word="Make the secret"
        onCancel={onCancel}
      />
    </form>
  );
}
