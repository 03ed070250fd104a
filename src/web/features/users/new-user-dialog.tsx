import { type FormEvent, useState } from 'react';
import type { User } from '../../../contract/access.ts';
import { refusalBesides } from '../../lib/refusal.ts';
import { FormActions } from '../../ui/form-actions.tsx';
import { Modal } from '../../ui/modal.tsx';
import { useCreateUser } from './create-user-mutation.ts';
import { draftOf, requestOf } from './user-draft.ts';
import { shownFields, UserFields } from './user-fields.tsx';

interface NewUserDialogProps {
  readonly onClose: () => void;
  /** Is given the user with the one-time password. */
  readonly onCreated: (user: User) => void;
}

/** Makes a user. What was entered outlives every refusal. */
export function NewUserDialog({ onClose, onCreated }: NewUserDialogProps) {
  const [draft, setDraft] = useState(() => draftOf(undefined));
  const create = useCreateUser();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!create.isPending) create.mutate(requestOf(draft), { onSuccess: onCreated });
  };
  return (
    <Modal title="New user" onClose={onClose}>
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <UserFields
          draft={draft}
          refusal={create.error}
          isMe={false}
          needsEmail={false}
          onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
        />
        <FormActions
          refusal={refusalBesides(shownFields, create.error)}
          pending={create.isPending}
          word="Create the user"
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}
