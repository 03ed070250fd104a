import { type FormEvent, useState } from 'react';
import type { UserDetails } from '../../../contract/users.ts';
import { refusalBesides } from '../../lib/refusal.ts';
import { FormActions } from '../../ui/form-actions.tsx';
import { Modal } from '../../ui/modal.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useChangeUser } from './change-user-mutation.ts';
import { changeOf, draftOf } from './user-draft.ts';
import { shownFields, UserFields } from './user-fields.tsx';

interface EditUserDialogProps {
  readonly user: UserDetails;
  readonly isMe: boolean;
  readonly onClose: () => void;
}

/** Changes a user. What was entered outlives every refusal. */
export function EditUserDialog({ user, isMe, onClose }: EditUserDialogProps) {
  const [begun] = useState(() => draftOf(user));
  const [draft, setDraft] = useState(begun);
  const save = useChangeUser();
  const tell = useToast();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const change = changeOf(draft, begun);
    if (save.isPending) return;
    if (Object.keys(change).length === 0) return onClose();
    save.mutate(
      { username: user.username, change },
      {
        onSuccess: ({ name }) => {
          tell(`${name} is saved.`);
          onClose();
        },
      },
    );
  };
  return (
    <Modal title={`Change ${user.name}`} onClose={onClose}>
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <UserFields
          draft={draft}
          refusal={save.error}
          isMe={isMe}
          needsEmail={begun.email !== ''}
          onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
        />
        <FormActions
          refusal={refusalBesides(shownFields, save.error)}
          pending={save.isPending}
          word="Save"
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}
