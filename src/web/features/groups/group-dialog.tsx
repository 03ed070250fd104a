import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { GroupDetails } from '../../../contract/groups.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { isStatus, refusalBesides } from '../../lib/refusal.ts';
import { ComboboxField } from '../../ui/combobox-field.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { DialogBody, Modal } from '../../ui/modal.tsx';
import { useCreateGroup } from './create-group-mutation.ts';
import { type GroupDraft, requestOf, slugOf } from './group-draft.ts';
import { AboutFields, NameFields, shownFields } from './group-fields.tsx';
import { parentsQuery } from './groups-query.ts';

interface GroupDialogProps {
  /** Where it begins to lie; empty: at the top. */
  readonly parent: string;
  /** Whether the reader may make one at the top. */
  readonly mayBeTop: boolean;
  readonly onClose: () => void;
  readonly onCreated: (group: GroupDetails) => void;
}

/** Makes a group. Its path follows its name until somebody types another. */
export function GroupDialog({ parent, mayBeTop, onClose, onCreated }: GroupDialogProps) {
  const [draft, setDraft] = useState<GroupDraft>({
    name: '',
    path: '',
    parent,
    description: '',
    visibility: 'private',
  });
  const create = useCreateGroup();
  const change = (part: Partial<GroupDraft>) =>
    setDraft((before) => {
      const follows = part.name !== undefined && before.path === slugOf(before.name);
      return { ...before, ...part, ...(follows ? { path: slugOf(part.name ?? '') } : {}) };
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!create.isPending) create.mutate(requestOf(draft), { onSuccess: onCreated });
  };
  const isParentUnknown = isStatus(create.error, 404);
  return (
    <Modal title="New group" onClose={onClose}>
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <DialogBody>
          <NameFields draft={draft} refusal={create.error} onChange={change} autoFocus />
          <ParentField
            text={draft.parent}
            mayBeTop={mayBeTop}
            error={isParentUnknown ? `There is no group ${draft.parent} in which you may make one.` : undefined}
            onText={(text) => change({ parent: text })}
          />
          <AboutFields draft={draft} refusal={create.error} onChange={change} />
        </DialogBody>
        <FormActions
          refusal={isParentUnknown ? undefined : refusalBesides(shownFields, create.error)}
          pending={create.isPending}
          word="Create the group"
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}

interface ParentFieldProps {
  readonly text: string;
  readonly mayBeTop: boolean;
  readonly error: string | undefined;
  readonly onText: (text: string) => void;
}

function ParentField({ text, mayBeTop, error, onText }: ParentFieldProps) {
  const parents = useQuery(parentsQuery(usePageServices().client, text));
  return (
    <ComboboxField
      label="Lies in"
      placeholder={mayBeTop ? 'At the top' : 'A group that you maintain'}
      hint={mayBeTop ? 'Another group, or nothing for one at the top.' : 'Only administrators make groups at the top.'}
      error={error}
      text={text}
      options={(parents.data?.items ?? []).map(({ path }) => ({ value: path, label: path }))}
      nothing="None that you maintain has this in its name."
      onText={onText}
      onChoose={({ value }) => onText(value)}
    />
  );
}
