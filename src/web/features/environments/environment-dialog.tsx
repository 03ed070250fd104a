import { type FormEvent, useState } from 'react';
import type { ProjectEnvironment } from '../../../contract/environments.ts';
import { guessTier, type Tier, tiers } from '../../../contract/tiers.ts';
import { fieldFault, refusalBesides } from '../../lib/refusal.ts';
import { FormActions } from '../../ui/form-actions.tsx';
import { DialogBody, Modal } from '../../ui/modal.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { type EnvironmentSave, useSaveEnvironment } from './environment-mutations.ts';

interface EnvironmentDialogProps {
  readonly project: string;
  /** The one to change; absent: a new one. */
  readonly environment: ProjectEnvironment | undefined;
  readonly onClose: () => void;
  readonly onSaved: (environment: ProjectEnvironment) => void;
}

interface Draft {
  readonly name: string;
  /** Empty: by its name. */
  readonly tier: Tier | '';
  readonly url: string;
  readonly description: string;
}

/** Fields whose faults stand beside them. */
const shownFields = ['name', 'tier', 'external_url', 'description'] as const;

/** Makes or changes an environment. What was entered outlives every refusal. */
export function EnvironmentDialog({ project, environment, onClose, onSaved }: EnvironmentDialogProps) {
  const [draft, setDraft] = useState<Draft>({
    name: environment?.name ?? '',
    tier: environment?.tier ?? '',
    url: environment?.external_url ?? '',
    description: environment?.description ?? '',
  });
  const save = useSaveEnvironment(project);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate(saveOf(draft, environment), { onSuccess: onSaved });
  };
  return (
    <Modal title={environment ? `Change ${environment.name}` : `New environment of ${project}`} onClose={onClose}>
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <Fields
          draft={draft}
          isNew={!environment}
          refusal={save.error}
          onEdit={(edit) => setDraft((before) => ({ ...before, ...edit }))}
        />
        <FormActions
          refusal={refusalBesides(shownFields, save.error)}
          pending={save.isPending}
          word={environment ? 'Save' : 'Create the environment'}
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}

function saveOf({ name, tier, url, description }: Draft, environment: ProjectEnvironment | undefined): EnvironmentSave {
  const told = {
    ...(tier === '' ? {} : { tier }),
    external_url: url.trim() || null,
    description: description.trim() || null,
  };
  return environment ? { id: environment.id, change: told } : { request: { name: name.trim(), ...told } };
}

interface FieldsProps {
  readonly draft: Draft;
  readonly isNew: boolean;
  readonly refusal: Error | null;
  readonly onEdit: (edit: Partial<Draft>) => void;
}

function Fields({ draft, isNew, refusal, onEdit }: FieldsProps) {
  const guess = draft.name.trim() === '' ? 'guessed by its name' : `${guessTier(draft.name)}, by its name`;
  const choices = tiers.map((tier) => ({ value: tier, label: tier }));
  return (
    <DialogBody>
      {isNew ? (
        <TextField
          label="Name"
          required
          autoFocus
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          placeholder="staging"
          value={draft.name}
          hint="As reports of deployments call it. It cannot be changed later."
          error={fieldFault(refusal, 'name')}
          onChange={({ target }) => onEdit({ name: target.value })}
        />
      ) : null}
      <SelectField<Tier | ''>
        label="Tier"
        value={draft.tier}
        hint="Where it stands on the way to production: orders the matrix, and what is compared with what."
        options={isNew ? [{ value: '', label: guess }, ...choices] : choices}
        error={fieldFault(refusal, 'tier')}
        onChange={(tier) => onEdit({ tier })}
      />
      <TextField
        label="External address"
        optional
        type="text"
        inputMode="url"
        maxLength={255}
        autoComplete="off"
        spellCheck={false}
        placeholder="https://staging.shop.example"
        value={draft.url}
        hint="Where people find what runs there."
        error={fieldFault(refusal, 'external_url')}
        onChange={({ target }) => onEdit({ url: target.value })}
      />
      <TextArea
        label="Description"
        optional
        maxLength={10_000}
        value={draft.description}
        error={fieldFault(refusal, 'description')}
        onChange={({ target }) => onEdit({ description: target.value })}
      />
    </DialogBody>
  );
}
