import { type FormEvent, useState } from 'react';
import { accessLevels } from '../../../contract/access-levels.ts';
import type { ProjectDetails } from '../../../contract/projects.ts';
import { editsLeft } from '../../lib/edits-left.ts';
import { fieldFault, refusalBesides } from '../../lib/refusal.ts';
import { UnsavedEdits } from '../../lib/unsaved-edits.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckField, FieldGroup } from '../../ui/check-field.tsx';
import { RadioGroup } from '../../ui/radio-group.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useChangeProject } from './change-project-mutation.ts';
import { changeOf, draftOf, type ProjectDraft } from './project-draft.ts';
import { visibilityChoices } from './project-words.ts';

/** Fields whose faults stand beside them. */
const shownFields = ['title', 'description', 'default_branch', 'visibility'] as const;

/** What a project is called and who sees it. What was entered outlives every refusal, and what others change meanwhile. */
export function GeneralForm({ project }: { project: ProjectDetails }) {
  const [edits, setEdits] = useState<Partial<ProjectDraft>>({});
  const tell = useToast();
  const save = useChangeProject(project.path);
  const draft = { ...draftOf(project), ...edits };
  const change = changeOf(draft, project);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!change || save.isPending) return;
    save.mutate(change, {
      onSuccess: ({ path }) => {
        setEdits((now) => editsLeft(now, edits));
        tell(`The settings of ${path} are saved.`);
      },
    });
  };
  const refusal = refusalBesides(shownFields, save.error);
  return (
    <form onSubmit={submit} className="mx-4 flex max-w-form flex-col gap-5">
      <UnsavedEdits when={change !== undefined} />
      <Fields
        draft={draft}
        refusal={save.error}
        isOwner={project.access_level >= accessLevels.owner}
        onEdit={(edit) => setEdits((before) => ({ ...before, ...edit }))}
      />
      {refusal === undefined ? null : <Refusal>{refusal}</Refusal>}
      <div className="flex gap-1.5">
        <Button type="submit" look="primary" disabled={!change || save.isPending}>
          {save.isPending ? 'One moment' : 'Save'}
        </Button>
        {change ? (
          <Button
            look="quiet"
            disabled={save.isPending}
            onClick={() => {
              setEdits({});
              save.reset();
            }}
          >
            Discard
          </Button>
        ) : null}
      </div>
    </form>
  );
}

interface FieldsProps {
  readonly draft: ProjectDraft;
  readonly refusal: Error | null;
  readonly isOwner: boolean;
  readonly onEdit: (edit: Partial<ProjectDraft>) => void;
}

function Fields({ draft, refusal, isOwner, onEdit }: FieldsProps) {
  return (
    <>
      <TextField
        label="Name"
        required
        maxLength={255}
        autoComplete="off"
        value={draft.title}
        hint="What people call it. Its path stays."
        error={fieldFault(refusal, 'title')}
        onChange={({ target }) => onEdit({ title: target.value })}
      />
      <TextArea
        label="Description"
        optional
        maxLength={2000}
        value={draft.description}
        error={fieldFault(refusal, 'description')}
        onChange={({ target }) => onEdit({ description: target.value })}
      />
      <TextField
        label="Default branch"
        optional
        maxLength={255}
        autoComplete="off"
        spellCheck={false}
        value={draft.defaultBranch}
        hint="What tools are told that ask for it. Shiplog itself needs none."
        error={fieldFault(refusal, 'default_branch')}
        onChange={({ target }) => onEdit({ defaultBranch: target.value })}
      />
      <RadioGroup
        label="Who sees it"
        options={visibilityChoices}
        value={draft.visibility}
        error={fieldFault(refusal, 'visibility')}
        disabled={!isOwner}
        onChange={(visibility) => onEdit({ visibility })}
      >
        {isOwner ? null : <p className="text-sm text-muted">Only owners of the project change this.</p>}
      </RadioGroup>
      <FieldGroup label="Approvals">
        <CheckField
          label="Who started a deployment may approve it"
          hint="Where a protected environment does not say otherwise."
          checked={draft.allowSelfApproval}
          onChange={({ target }) => onEdit({ allowSelfApproval: target.checked })}
        />
      </FieldGroup>
    </>
  );
}
