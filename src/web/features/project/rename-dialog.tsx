import { type FormEvent, useState } from 'react';
import type { ProjectDetails } from '../../../contract/projects.ts';
import { fieldFault, refusalBesides } from '../../lib/refusal.ts';
import { FormActions } from '../../ui/form-actions.tsx';
import { DialogBody, Modal } from '../../ui/modal.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useChangeProject } from './change-project-mutation.ts';

interface RenameDialogProps {
  readonly project: ProjectDetails;
  readonly onClose: () => void;
  readonly onRenamed: (path: string) => void;
}

/** Gives a project another path. What was entered outlives every refusal. */
export function RenameDialog({ project, onClose, onRenamed }: RenameDialogProps) {
  const { path, namespace, service } = project;
  const [name, setName] = useState(service);
  const rename = useChangeProject(path);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (rename.isPending || name.trim() === service) return;
    rename.mutate({ service: name.trim() }, { onSuccess: (renamed) => onRenamed(renamed.path) });
  };
  return (
    <Modal title="Change the path" onClose={onClose}>
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <DialogBody>
          <p className="text-soft">
            Links and pipelines that name <strong className="font-medium">{path}</strong> through GitLab’s or GitHub’s
            API still find it. A pipeline that reports to Shiplog’s own API must name the new one: else its next report
            makes another project.
          </p>
          <TextField
            label={namespace === '' ? 'Path' : `Path in ${namespace}`}
            required
            autoFocus
            maxLength={128}
            autoComplete="off"
            spellCheck={false}
            value={name}
            hint={`It will be ${namespace === '' ? '' : `${namespace}/`}${name.trim()}.`}
            error={fieldFault(rename.error, 'service')}
            onChange={({ target }) => setName(target.value)}
          />
        </DialogBody>
        <FormActions
          refusal={refusalBesides(['service'], rename.error)}
          pending={rename.isPending}
          word="Change the path"
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}
