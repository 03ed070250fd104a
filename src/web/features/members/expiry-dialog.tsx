import { type FormEvent, useState } from 'react';
import type { Member } from '../../../contract/members.ts';
import { fieldFault, refusalBesides } from '../../lib/refusal.ts';
import { DateField } from '../../ui/date-field.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { Modal } from '../../ui/modal.tsx';
import { useNow } from '../../ui/now.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useChangeMember } from './change-member-mutation.ts';
import { firstDay, utcDayOf, utcMomentOf } from './day.ts';
import type { Holder } from './holder.ts';

interface ExpiryDialogProps {
  readonly holder: Holder;
  readonly member: Member;
  readonly onClose: () => void;
}

/** Asks for the day on which a membership ends by itself; without one it does not. */
export function ExpiryDialog({ holder, member, onClose }: ExpiryDialogProps) {
  const [day, setDay] = useState(member.expires_at === null ? '' : utcDayOf(member.expires_at));
  const first = useNow(firstDay);
  const change = useChangeMember(holder);
  const tell = useToast();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (change.isPending) return;
    const done = day === '' ? 'does not end by itself' : `ends on ${day}`;
    change.mutate(
      { username: member.username, change: { expires_at: utcMomentOf(day) } },
      {
        onSuccess: () => {
          tell(`The membership of ${member.name} ${done}.`);
          onClose();
        },
      },
    );
  };
  return (
    <Modal title={`When the membership of ${member.name} ends`} onClose={onClose} width="max-w-md">
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <div className="p-4">
          <DateField
            label="Ends on"
            optional
            hint="As this day begins, in UTC. Without a day it does not end by itself."
            error={fieldFault(change.error, 'expires_at')}
            value={day}
            min={first}
            onChange={setDay}
          />
        </div>
        <FormActions
          refusal={refusalBesides(['expires_at'], change.error)}
          pending={change.isPending}
          word="Save"
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}
