import { type FormEvent, useState } from 'react';
import { ShiplogError } from '../../../client/shiplog-error.ts';
import { accessLevels } from '../../../contract/access-levels.ts';
import type { ProjectDetails } from '../../../contract/projects.ts';
import { editsLeft } from '../../lib/edits-left.ts';
import { fieldFault, refusalText } from '../../lib/refusal.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField, FieldGroup } from '../../ui/check-field.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useChangeProject } from './change-project-mutation.ts';
import { changeOf, draftOf, type ProjectDraft } from './project-draft.ts';
import { visibilityWords } from './project-words.ts';

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
  const refusal = save.error instanceof ShiplogError ? save.error : undefined;
  const isFieldFault = shownFields.some((field) => fieldFault(refusal, field) !== undefined);
  return (
    <form onSubmit={submit} className="flex max-w-[640px] flex-col gap-5 px-4">
      <Fields
        draft={draft}
        refusal={refusal}
        isOwner={project.access_level >= accessLevels.owner}
        onEdit={(edit) => setEdits((before) => ({ ...before, ...edit }))}
      />
      {save.error && !isFieldFault ? <Refusal>{refusalText(save.error)}</Refusal> : null}
      <div className="flex gap-1.5">
        <Button type="submit" look="primary" disabled={!change || save.isPending}>
          {save.isPending ? 'One moment' : 'Save changes'}
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
  readonly refusal: ShiplogError | undefined;
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
        maxLength={255}
        autoComplete="off"
        spellCheck={false}
        value={draft.defaultBranch}
        hint="What tools are told that ask for it. Shiplog itself needs none."
        error={fieldFault(refusal, 'default_branch')}
        onChange={({ target }) => onEdit({ defaultBranch: target.value })}
      />
      <FieldGroup label="Who sees it" error={fieldFault(refusal, 'visibility')}>
        {visibilityWords.map(([visibility, word, meaning]) => (
          <CheckField
            key={visibility}
            type="radio"
            name="visibility"
            label={word}
            hint={meaning}
            checked={draft.visibility === visibility}
            disabled={!isOwner}
            onChange={() => onEdit({ visibility })}
          />
        ))}
        {isOwner ? null : <p className="text-sm text-muted">Only owners of the project change this.</p>}
      </FieldGroup>
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
