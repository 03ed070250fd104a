import { useQuery } from '@tanstack/react-query';
import { tiers } from '../../../contract/tiers.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { CheckField, FieldGroup } from '../../ui/check-field.tsx';
import { ComboboxField } from '../../ui/combobox-field.tsx';
import { RadioGroup } from '../../ui/radio-group.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { EntryRows } from './entry-rows.tsx';
import { environmentNamesQuery } from './environment-names-query.ts';
import type { ProtectionDraft } from './protection-draft.ts';
import { SubjectField } from './subject-field.tsx';

interface FieldsProps {
  readonly draft: ProtectionDraft;
  readonly error: string | undefined;
  readonly onChange: (change: Partial<ProtectionDraft>) => void;
}

interface NameFieldProps extends FieldsProps {
  readonly taken: readonly string[];
}

/** Which environment of a project is protected: one that there is, or one that is to come. */
export function EnvironmentField({ draft, error, onChange, project, taken }: NameFieldProps & { project: string }) {
  const known = useQuery(environmentNamesQuery(usePageServices().client, project, draft.name));
  return (
    <ComboboxField
      label="Environment"
      placeholder="production"
      hint="One of the project, or a name that nothing was deployed to yet."
      error={error}
      autoFocus
      text={draft.name}
      options={(known.data?.items ?? []).map(({ name, tier }) => ({
        value: name,
        label: name,
        content: (
          <span className="flex min-w-0 items-baseline gap-2">
            <span className="truncate">{name}</span>
            {tier === name ? null : <span className="text-sm text-muted">{tier}</span>}
          </span>
        ),
        refused: taken.includes(name) ? 'is protected' : undefined,
      }))}
      nothing="No environment is called so yet: it is protected from its first deployment on."
      onText={(name) => onChange({ name })}
      onChoose={({ value: name }) => onChange({ name })}
    />
  );
}

/** Which tier a group protects. */
export function TierField({ draft, error, onChange, taken }: NameFieldProps) {
  return (
    <SelectField
      label="Tier"
      hint="Holds for every environment of this tier, in all projects of the group and of the groups in it."
      error={error}
      autoFocus
      value={draft.name}
      options={tiers.map((tier) => ({
        value: tier,
        label: taken.includes(tier) ? `${tier} (is protected)` : tier,
        disabled: taken.includes(tier),
      }))}
      onChange={(name) => onChange({ name })}
    />
  );
}

/** Who may deploy there. */
export function DeployerFields({ draft, error, onChange }: FieldsProps) {
  return (
    <FieldGroup label="Who may deploy">
      <EntryRows label="Who may deploy" entries={draft.deployers} onChange={(deployers) => onChange({ deployers })} />
      <SubjectField
        label="Let deploy"
        error={error}
        chosen={draft.deployers}
        onAdd={(entry) => onChange({ deployers: [...draft.deployers, entry] })}
      />
    </FieldGroup>
  );
}

const modes = [
  { value: 'none', label: 'None', hint: 'Whoever may deploy need not wait.' },
  { value: 'count', label: 'By anybody who may deploy', hint: 'So many people, whoever they are.' },
  { value: 'rules', label: 'By rules', hint: 'Certain people, groups or levels; each rule says how many of them.' },
] as const;

/** Who must approve before a deployment runs there. */
export function ApprovalFields({ draft, error, onChange }: FieldsProps) {
  return (
    <RadioGroup
      label="Approvals"
      options={modes}
      value={draft.approvals}
      error={draft.approvals === 'rules' ? undefined : error}
      onChange={(approvals) => onChange({ approvals })}
    >
      {draft.approvals === 'count' ? (
        <TextField
          label="Approvals needed"
          type="number"
          required
          min={1}
          max={100}
          value={draft.count}
          onChange={({ target }) => onChange({ count: target.value })}
        />
      ) : null}
      {draft.approvals === 'rules' ? <RuleFields draft={draft} error={error} onChange={onChange} /> : null}
      {draft.approvals === 'none' ? null : <SelfApprovalField draft={draft} onChange={onChange} />}
    </RadioGroup>
  );
}

function RuleFields({ draft, error, onChange }: FieldsProps) {
  return (
    <div className="flex flex-col gap-2">
      <EntryRows label="Approval rules" entries={draft.rules} counted onChange={(rules) => onChange({ rules })} />
      <SubjectField
        label="Must approve"
        error={error}
        chosen={draft.rules}
        onAdd={(entry) => onChange({ rules: [...draft.rules, entry] })}
      />
      {draft.rules.length > 1 ? (
        <CheckField
          label="Any one of these rules suffices"
          hint="Otherwise each has to be met."
          checked={draft.anyRule}
          onChange={({ target }) => onChange({ anyRule: target.checked })}
        />
      ) : null}
    </div>
  );
}

const selfApprovals = [
  { value: 'project', label: 'As the project says' },
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
] as const;

function SelfApprovalField({ draft, onChange }: Omit<FieldsProps, 'error'>) {
  return (
    <SelectField
      label="Whoever started a deployment may approve it"
      options={selfApprovals}
      value={draft.selfApproval}
      onChange={(selfApproval) => onChange({ selfApproval })}
    />
  );
}
