import { type FormEvent, useState } from 'react';
import type { Repository } from '../../../contract/repositories.ts';
import { fieldFault, refusalBesides } from '../../lib/refusal.ts';
import { FormActions } from '../../ui/form-actions.tsx';
import { DialogBody, Modal } from '../../ui/modal.tsx';
import { ForgeFields } from './forge-fields.tsx';
import { draftOf, type RepositoryDraft } from './repository-draft.ts';
import { RemoteFields, TrackingFields } from './repository-fields.tsx';
import { useSaveRepository } from './save-repository-mutation.ts';

interface RepositoryDialogProps {
  readonly project: string;
  /** The one to change; null: none is connected yet. */
  readonly repository: Repository | null;
  readonly onClose: () => void;
  readonly onSaved: () => void;
  readonly returnFocus: () => HTMLElement | null;
}

/** Fields whose faults stand beside them. */
const shownFields = ['url', 'username', 'secret', 'path', 'forge/url', 'forge/project', 'forge/token'];

/** Connects a repository, or changes how. What was entered outlives every refusal. */
export function RepositoryDialog({ project, repository, onClose, onSaved, returnFocus }: RepositoryDialogProps) {
  const [draft, setDraft] = useState(() => draftOf(repository));
  const save = useSaveRepository(project);
  const patch = (change: Partial<RepositoryDraft>) => setDraft((before) => ({ ...before, ...change }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate(draft, { onSuccess: onSaved });
  };
  const fields = {
    draft,
    repository,
    onChange: patch,
    faultOf: (field: string) => fieldFault(save.error, field),
  };
  return (
    <Modal
      title={repository ? 'Change the repository' : `Repository of ${project}`}
      onClose={onClose}
      returnFocus={returnFocus}
    >
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <DialogBody>
          <RemoteFields {...fields} />
          <TrackingFields {...fields} />
          <ForgeFields {...fields} />
        </DialogBody>
        <FormActions
          refusal={refusalBesides(shownFields, save.error)}
          pending={save.isPending}
          word={repository ? 'Save' : 'Connect'}
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}
