import { type FormEvent, useState } from 'react';
import { type Scope, scopes, type Token } from '../../../contract/access.ts';
import { fieldFault, refusalBesides } from '../../lib/refusal.ts';
import { CheckField, FieldGroup } from '../../ui/check-field.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { DialogBody, Modal } from '../../ui/modal.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useCreateToken } from './create-token-mutation.ts';
import { ExpiryField } from './expiry-field.tsx';
import { LevelField } from './level-field.tsx';
import { offeredScopes } from './scope-words.ts';
import { blankDraft, requestOf, type TokenDraft } from './token-draft.ts';
import type { TokenHolder } from './token-holder.ts';

interface CreateTokenDialogProps {
  readonly holder: TokenHolder;
  /** Whether the reader administers the server. */
  readonly isAdmin: boolean;
  readonly onClose: () => void;
  readonly onCreated: (token: Token) => void;
  readonly returnFocus: () => HTMLElement | null;
}

/** Fields whose faults stand beside them. */
const shownFields = ['name', 'scopes', 'access_level', 'expires_at'] as const;

/** Asks what a new token is for, what it may do and how long. What was entered outlives every refusal. */
export function CreateTokenDialog({ holder, isAdmin, onClose, onCreated, returnFocus }: CreateTokenDialogProps) {
  const [draft, setDraft] = useState(blankDraft);
  const [openedAt] = useState(() => Date.now());
  const [isChecked, setIsChecked] = useState(false);
  const create = useCreateToken(holder);
  const lacksScope = isChecked && draft.scopes.length === 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsChecked(true);
    if (create.isPending || draft.scopes.length === 0) return;
    create.mutate(requestOf(draft, holder, openedAt), { onSuccess: onCreated });
  };
  const onChange = (change: Partial<TokenDraft>) => setDraft((before) => ({ ...before, ...change }));
  return (
    <Modal title={holder.kind === 'user' ? 'New token' : `New token of ${holder.path}`} {...{ onClose, returnFocus }}>
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <DialogBody>
          <TextField
            label="Name"
            required
            autoFocus
            maxLength={128}
            autoComplete="off"
            hint="What will use it."
            error={fieldFault(create.error, 'name')}
            value={draft.name}
            onChange={({ target }) => onChange({ name: target.value })}
          />
          <ScopeFields
            offered={offeredScopes(isAdmin && holder.kind === 'user')}
            chosen={draft.scopes}
            onChange={(chosen) => onChange({ scopes: chosen })}
            error={lacksScope ? 'Choose at least one.' : fieldFault(create.error, 'scopes')}
          />
          {holder.kind === 'user' ? null : (
            <LevelField
              holder={holder}
              isAdmin={isAdmin}
              scopes={draft.scopes}
              level={draft.level}
              onChange={(level) => onChange({ level })}
              error={fieldFault(create.error, 'access_level')}
            />
          )}
          <ExpiryField
            expiry={draft.expiry}
            openedAt={openedAt}
            onChange={(expiry) => onChange({ expiry })}
            error={fieldFault(create.error, 'expires_at')}
            mayLast
          />
        </DialogBody>
        <FormActions
          refusal={refusalBesides(shownFields, create.error)}
          pending={create.isPending}
          word="Create the token"
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}

interface ScopeFieldsProps {
  readonly offered: ReturnType<typeof offeredScopes>;
  readonly chosen: readonly Scope[];
  readonly onChange: (chosen: readonly Scope[]) => void;
  readonly error: string | undefined;
}

function ScopeFields({ offered, chosen, onChange, error }: ScopeFieldsProps) {
  return (
    <FieldGroup label="Scopes" error={error}>
      {offered.map(({ scope, may }) => (
        <CheckField
          key={scope}
          label={<span className="font-mono text-sm">{scope}</span>}
          hint={may}
          checked={chosen.includes(scope)}
          onChange={({ target }) =>
            onChange(scopes.filter((each) => (each === scope ? target.checked : chosen.includes(each))))
          }
        />
      ))}
    </FieldGroup>
  );
}
