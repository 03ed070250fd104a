import { fieldFault } from '../../lib/refusal.ts';
import { RadioGroup } from '../../ui/radio-group.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { GroupDraft } from './group-draft.ts';
import { visibilityChoices } from './visibility-words.ts';

interface FieldsProps {
  readonly draft: GroupDraft;
  readonly refusal: Error | null;
  readonly onChange: (change: Partial<GroupDraft>) => void;
}

/** The name of a group and the last part of its path. */
export function NameFields({ draft, refusal, onChange, autoFocus }: FieldsProps & { autoFocus: boolean }) {
  const whole = draft.parent === '' ? draft.path : `${draft.parent}/${draft.path}`;
  return (
    <>
      <TextField
        label="Name"
        required
        autoFocus={autoFocus}
        maxLength={255}
        autoComplete="off"
        error={fieldFault(refusal, 'name')}
        value={draft.name}
        onChange={({ target }) => onChange({ name: target.value })}
      />
      <TextField
        label="Path"
        required
        maxLength={128}
        autoComplete="off"
        spellCheck={false}
        hint={
          draft.path === '' ? (
            'The namespace that reports of deployments name.'
          ) : (
            <>
              Reports of deployments name it as namespace: <span className="font-mono">{whole}</span>
            </>
          )
        }
        error={fieldFault(refusal, 'path')}
        value={draft.path}
        onChange={({ target }) => onChange({ path: target.value })}
      />
    </>
  );
}

/** What a group is for, and who sees it. */
export function AboutFields({ draft, refusal, onChange }: FieldsProps) {
  return (
    <>
      <TextArea
        label="Description"
        optional
        maxLength={2000}
        error={fieldFault(refusal, 'description')}
        value={draft.description}
        onChange={({ target }) => onChange({ description: target.value })}
      />
      <RadioGroup
        label="Visibility"
        options={visibilityChoices}
        value={draft.visibility}
        error={fieldFault(refusal, 'visibility')}
        onChange={(visibility) => onChange({ visibility })}
      />
    </>
  );
}

/** Fields whose faults stand beside them. */
export const shownFields = ['name', 'path', 'description', 'visibility'] as const;
