import { useRef } from 'react';
import type { Member } from '../../../contract/members.ts';
import { levelWords } from '../../lib/level-words.ts';
import { refusalText } from '../../lib/refusal.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useToast } from '../../ui/toast.tsx';
import type { Holder } from './holder.ts';
import { useRemoveMember } from './remove-member-mutation.ts';

interface RemoveMemberDialogProps {
  readonly holder: Holder;
  readonly member: Member;
  /** The reader leaves. */
  readonly isMe: boolean;
  readonly onClose: () => void;
  /** Where the focus goes when the member is gone. */
  readonly returnFocus: () => HTMLElement | null;
}

/** Asks before somebody is taken away, or leaves. */
export function RemoveMemberDialog({ holder, member, isMe, onClose, returnFocus }: RemoveMemberDialogProps) {
  const remove = useRemoveMember(holder, isMe);
  const tell = useToast();
  const isDone = useRef(false);
  const onDone = () => {
    isDone.current = true;
    tell(isMe ? `You have left ${holder.path}.` : `${member.name} is no member of ${holder.path} any more.`);
    onClose();
  };
  const level = levelWords(member.access_level).name.toLowerCase();
  return (
    <ConfirmDialog
      title={isMe ? `Leave ${holder.path}?` : `Remove ${member.name}?`}
      word={isMe ? 'Leave' : 'Remove'}
      busy={remove.isPending}
      error={remove.error ? refusalText(remove.error) : undefined}
      onConfirm={() => remove.mutate(member.username, { onSuccess: onDone })}
      onClose={onClose}
      returnFocus={() => (isDone.current ? returnFocus() : null)}
    >
      <p>
        {isMe ? 'You are ' : `${member.name} is `}
        {level} of <strong className="font-medium">{holder.path}</strong>
        {holder.kind === 'group' ? ', and of all that lies in it' : ''}. What {isMe ? 'you' : 'they'} did there stays;
        what only members may see or do is lost until {isMe ? 'somebody lets you' : 'they are let'} in again.
      </p>
    </ConfirmDialog>
  );
}
