import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { accessLevels, type MemberLevel, memberLevels } from '../../../contract/access-levels.ts';
import type { Member } from '../../../contract/members.ts';
import { levelWords } from '../../lib/level-words.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { fieldFault, isStatus, refusalText } from '../../lib/refusal.ts';
import { userSearchQuery } from '../../lib/user-search-query.ts';
import { ComboboxField } from '../../ui/combobox-field.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { DialogBody, Modal } from '../../ui/modal.tsx';
import { useNow } from '../../ui/now.tsx';
import { RadioGroup } from '../../ui/radio-group.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useAddMember } from './add-member-mutation.ts';
import { firstDay, utcMomentOf } from './day.ts';
import type { Holder } from './holder.ts';
import { UserOption } from './user-option.tsx';

interface AddMemberDialogProps {
  readonly holder: Holder;
  /** The reader's own: nobody gives more. */
  readonly level: number;
  /** Those that are known to be members. */
  readonly members: readonly Member[];
  readonly onClose: () => void;
}

interface Draft {
  readonly user: string;
  readonly level: MemberLevel;
  readonly day: string;
}

/** Makes a user a member. What was entered outlives every refusal. */
export function AddMemberDialog({ holder, level, members, onClose }: AddMemberDialogProps) {
  const [draft, setDraft] = useState<Draft>({ user: '', level: accessLevels.developer, day: '' });
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const add = useAddMember(holder);
  const tell = useToast();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (add.isPending) return;
    const expiry = draft.day === '' ? {} : { expires_at: utcMomentOf(draft.day) };
    add.mutate(
      { username: draft.user.trim(), access_level: draft.level, ...expiry },
      {
        onSuccess: (member) => {
          tell(`${member.name} is ${levelWords(member.access_level).name.toLowerCase()} of ${holder.path}.`);
          onClose();
        },
      },
    );
  };
  const faults = {
    user: userFault(add.error, draft.user),
    level: fieldFault(add.error, 'access_level'),
    day: fieldFault(add.error, 'expires_at'),
  };
  const isFieldFault = Object.values(faults).some((fault) => fault !== undefined);
  return (
    <Modal title={`Add a member to ${holder.path}`} onClose={onClose}>
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <DialogBody>
          <UserField draft={draft} members={members} error={faults.user} onChange={change} />
          <RadioGroup
            label="Level"
            options={memberLevels
              .filter((each) => each <= level)
              .map((each) => ({ value: each, label: levelWords(each).name, hint: levelWords(each).may }))}
            value={draft.level}
            error={faults.level}
            onChange={(chosen) => change({ level: chosen })}
          />
          <EndField draft={draft} error={faults.day} onChange={change} />
        </DialogBody>
        <FormActions
          refusal={add.error && !isFieldFault ? refusalText(add.error) : undefined}
          pending={add.isPending}
          word="Add"
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}

interface FieldProps {
  readonly draft: Draft;
  readonly error: string | undefined;
  readonly onChange: (change: Partial<Draft>) => void;
}

function UserField({ draft, members, error, onChange }: FieldProps & Pick<AddMemberDialogProps, 'members'>) {
  const users = useQuery(userSearchQuery(usePageServices().client, draft.user));
  const isMember = (username: string) => members.some((member) => member.username === username && !member.inherited);
  return (
    <ComboboxField
      label="User"
      placeholder="Name or user name"
      hint="Who has no account yet is made one by an administrator."
      error={error}
      autoFocus
      required
      text={draft.user}
      options={(users.data?.items ?? []).map((user) => ({
        value: user.username,
        label: user.username,
        content: <UserOption user={user} />,
        refused: isMember(user.username) ? 'is a member' : undefined,
      }))}
      nothing="Nobody has this in their name."
      onText={(user) => onChange({ user })}
      onChoose={({ value }) => onChange({ user: value })}
    />
  );
}

function EndField({ draft, error, onChange }: FieldProps) {
  const first = useNow(firstDay);
  return (
    <DateField
      label="Ends on"
      optional
      hint="As this day begins, in UTC. Without a day it does not end by itself."
      error={error}
      value={draft.day}
      min={first}
      onChange={(day) => onChange({ day })}
    />
  );
}

function userFault(error: Error | null, user: string): string | undefined {
  if (isStatus(error, 404)) return `There is no user ${user.trim()}.`;
  if (isStatus(error, 409)) return `${user.trim()} is a member already.`;
  return fieldFault(error, 'username');
}
