import { Check, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import type { ApprovalState } from '../../../contract/approvals.ts';
import type { DeploymentEvent } from '../../../contract/deployment-event.ts';
import { limits } from '../../../contract/limits.ts';
import { Button } from '../../ui/button.tsx';
import { floatLook } from '../../ui/float-look.ts';
import { Refusal } from '../../ui/refusal.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { useDecide } from './decide-mutation.ts';
import { type Decision, decisionErrorText, deploymentText } from './decision-text.ts';
import { TooLate } from './too-late.tsx';

interface DecisionControlsProps {
  readonly deployment: DeploymentEvent;
  readonly mayApprove: boolean;
  readonly mayReject: boolean;
  readonly onDecided?: (decision: Decision, state: ApprovalState) => void;
  /** A decision is being made, or no longer. */
  readonly onBusy?: (busy: boolean) => void;
  readonly className?: string;
}

const looks = {
  approve: { word: 'Approve', icon: Check, button: 'plain', submit: 'primary' },
  reject: { word: 'Reject', icon: X, button: 'plain', submit: 'danger' },
} as const;

/** Approve and Reject, each behind a small form with a comment. The comment outlives closing it, and every failure. */
export function DecisionControls(props: DecisionControlsProps) {
  const { deployment, mayApprove, mayReject, onDecided, onBusy, className = '' } = props;
  const [comment, setComment] = useState('');
  const [open, setOpen] = useState<Decision>();
  const decide = useDecide(deployment.deployment_number);
  const buttons = useRef<HTMLDivElement>(null);
  // What is open stays, even when it turns out meanwhile that it is too late.
  const offered = [
    ...(mayApprove || open === 'approve' ? (['approve'] as const) : []),
    ...(mayReject || open === 'reject' ? (['reject'] as const) : []),
  ];
  const show = (decision: Decision | undefined) => {
    if (decision) decide.reset();
    setOpen(decision);
    onBusy?.(decision !== undefined);
  };
  const send = (decision: Decision) => {
    const said = comment.trim();
    const request = { decision, ...(said === '' ? {} : { comment: said }) };
    decide.mutate(request, {
      onSuccess: (state) => {
        setComment('');
        show(undefined);
        onDecided?.(decision, state);
      },
    });
  };
  // A dialog that opens over the form, as to sign in again, must not close it.
  const stayUnderDialog = (leaving: Event) => {
    const dialog = leaving.target instanceof Element ? leaving.target.closest('[role="dialog"]') : null;
    if (dialog && !dialog.contains(buttons.current)) leaving.preventDefault();
  };
  if (offered.length === 0) return null;
  return (
    <div ref={buttons} className={`flex gap-1.5 ${className}`}>
      {offered.map((decision) => {
        const { word, icon: Icon, button } = looks[decision];
        return (
          <Popover.Root
            key={decision}
            open={open === decision}
            onOpenChange={(opening) => show(opening ? decision : undefined)}
          >
            <Popover.Trigger asChild>
              <Button look={button} className="max-md:flex-1">
                <Icon
                  aria-hidden
                  size={14}
                  strokeWidth={2.2}
                  className={decision === 'approve' ? 'text-success' : 'text-failed'}
                />
                {word}
              </Button>
            </Popover.Trigger>
            <Popover.Portal>
              <Popover.Content
                align="end"
                sideOffset={4}
                collisionPadding={16}
                onFocusOutside={stayUnderDialog}
                aria-label={`${word} ${deploymentText(deployment)}`}
                className={`${floatLook} w-[340px] max-w-[calc(100vw-32px)] p-3`}
              >
                <DecisionForm
                  decision={decision}
                  deployment={deployment}
                  comment={comment}
                  onComment={setComment}
                  busy={decide.isPending}
                  error={decide.error}
                  late={!decide.isPending && !(decision === 'approve' ? mayApprove : mayReject)}
                  onSend={() => send(decision)}
                  onCancel={() => show(undefined)}
                />
              </Popover.Content>
            </Popover.Portal>
          </Popover.Root>
        );
      })}
    </div>
  );
}

interface DecisionFormProps {
  readonly decision: Decision;
  readonly deployment: DeploymentEvent;
  readonly comment: string;
  readonly onComment: (comment: string) => void;
  readonly busy: boolean;
  readonly error: Error | null;
  /** It may not be decided so any more: somebody else was first. */
  readonly late: boolean;
  readonly onSend: () => void;
  readonly onCancel: () => void;
}

function DecisionForm(props: DecisionFormProps) {
  const { decision, deployment, comment, onComment, busy, error, late, onSend, onCancel } = props;
  const { word, submit } = looks[decision];
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy && !late) onSend();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) onSubmit(event);
  };
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-3">
      <p className="break-words">
        {word} <strong className="font-semibold">{deploymentText(deployment)}</strong>?
      </p>
      <TextArea
        label="Comment"
        optional
        autoFocus
        maxLength={limits.comment}
        value={comment}
        onChange={(event) => onComment(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {error && !late ? <Refusal>{decisionErrorText(error)}</Refusal> : null}
      <div role="status" className="empty:hidden">
        {late ? <TooLate deployment={deployment.deployment_number} /> : null}
      </div>
      <div className="flex justify-end gap-1.5">
        <Button look="quiet" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" look={submit} disabled={busy || late}>
          {busy ? 'One moment' : word}
        </Button>
      </div>
    </form>
  );
}
