import { type FormEvent, useState } from 'react';
import type { ProtectedEnvironment } from '../../../contract/protected-environments.ts';
import { tiers } from '../../../contract/tiers.ts';
import { fieldFault, isStatus, refusalText } from '../../lib/refusal.ts';
import { FormActions } from '../../ui/form-actions.tsx';
import { DialogBody, Modal } from '../../ui/modal.tsx';
import { draftOf } from './protection-draft.ts';
import { ApprovalFields, DeployerFields, EnvironmentField, TierField } from './protection-fields.tsx';
import type { ProtectionHolder } from './protection-holder.ts';
import { useSaveProtection } from './save-protection-mutation.ts';
import { levelEntry } from './subject-field.tsx';

interface ProtectionDialogProps {
  readonly holder: ProtectionHolder;
  /** The one to change; undefined: a new one. */
  readonly protection: ProtectedEnvironment | undefined;
  /** Names that are protected already. */
  readonly taken: readonly string[];
  readonly onClose: () => void;
  readonly onSaved: (protection: ProtectedEnvironment) => void;
}

/** Protects an environment, or changes how. What was entered outlives every refusal. */
export function ProtectionDialog({ holder, protection, taken, onClose, onSaved }: ProtectionDialogProps) {
  const [begun] = useState(() => {
    const draft = draftOf(protection, levelEntry(40));
    const open = tiers.filter((tier) => !taken.includes(tier));
    const first = open.includes('production') ? 'production' : (open[0] ?? '');
    return protection || holder.kind === 'project' ? draft : { ...draft, name: first };
  });
  const [draft, setDraft] = useState(begun);
  const [isTried, setIsTried] = useState(false);
  const save = useSaveProtection(holder, protection);
  const faults = faultsOf(save.error, isTried ? missingOf(draft) : {});
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (save.isPending || Object.keys(missingOf(draft)).length > 0) return;
    save.mutate({ draft, begun }, { onSuccess: onSaved });
  };
  const fields = {
    draft,
    onChange: (change: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...change })),
  };
  return (
    <Modal title={titleOf(holder, protection)} onClose={onClose}>
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <DialogBody>
          {protection ? null : holder.kind === 'project' ? (
            <EnvironmentField {...fields} project={holder.path} taken={taken} error={faults.name} />
          ) : (
            <TierField {...fields} taken={taken} error={faults.name} />
          )}
          <DeployerFields {...fields} error={faults.deployers} />
          <ApprovalFields {...fields} error={faults.approvals} />
        </DialogBody>
        <FormActions
          refusal={faults.rest}
          pending={save.isPending}
          word={protection ? 'Save' : 'Protect'}
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}

function titleOf(holder: ProtectionHolder, protection: ProtectedEnvironment | undefined): string {
  if (protection) return holder.kind === 'project' ? `Protection of ${protection.name}` : `${protection.name} tier`;
  return holder.kind === 'project' ? `Protect an environment of ${holder.path}` : `Protect a tier of ${holder.path}`;
}

interface Faults {
  readonly name?: string | undefined;
  readonly deployers?: string | undefined;
  readonly approvals?: string | undefined;
  readonly rest?: string | undefined;
}

/** What the form cannot be sent without. */
function missingOf({ name, deployers, approvals, rules }: ReturnType<typeof draftOf>): Faults {
  return {
    ...(name.trim() === '' ? { name: 'Name the environment.' } : {}),
    ...(deployers.length === 0 ? { deployers: 'Somebody must be able to deploy.' } : {}),
    ...(approvals === 'rules' && rules.length === 0 ? { approvals: 'Name who must approve.' } : {}),
  };
}

function faultsOf(error: Error | null, missing: Faults): Faults {
  const found = {
    name: isStatus(error, 409) ? 'It is protected already.' : fieldFault(error, 'name'),
    deployers: fieldFault(error, 'deployers'),
    approvals: fieldFault(error, 'approval_rules') ?? fieldFault(error, 'required_approval_count'),
  };
  const isShown = Object.values(found).some((fault) => fault !== undefined);
  return { ...found, rest: error && !isShown ? refusalText(error) : undefined, ...missing };
}
