import { type FormEvent, useState } from 'react';
import type { GroupDetails } from '../../../contract/groups.ts';
import { editsLeft } from '../../lib/edits-left.ts';
import { refusalBesides } from '../../lib/refusal.ts';
import { UnsavedEdits } from '../../lib/unsaved-edits.tsx';
import { Button } from '../../ui/button.tsx';
import { PageSection } from '../../ui/page.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useChangeGroup } from './change-group-mutation.ts';
import { changeOf, type GroupDraft } from './group-draft.ts';
import { AboutFields, NameFields, shownFields } from './group-fields.tsx';

interface GeneralFormProps {
  readonly group: GroupDetails;
  /** Tells where the group is afterwards. */
  readonly onSaved: (group: GroupDetails) => void;
}

/** What a group is called, what it is for, and who sees it: for its owners. */
export function GeneralForm({ group, onSaved }: GeneralFormProps) {
  const [begun, setBegun] = useState(() => draftOf(group));
  const [draft, setDraft] = useState(begun);
  const save = useChangeGroup(group.path);
  const tell = useToast();
  const change = changeOf(draft, begun);
  const isChanged = Object.keys(change).length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isChanged || save.isPending) return;
    save.mutate(change, {
      onSuccess: (saved) => {
        const next = draftOf(saved);
        setBegun(next);
        setDraft((now) => ({ ...next, ...editsLeft(now, draft) }));
        tell(`The group ${saved.name} is saved.`);
        onSaved(saved);
      },
    });
  };
  const refusal = refusalBesides(shownFields, save.error);
  const onChange = (part: Partial<GroupDraft>) => setDraft((before) => ({ ...before, ...part }));
  return (
    <PageSection title="General">
      <form onSubmit={submit} className="mx-4 flex max-w-form flex-col gap-5">
        <UnsavedEdits when={isChanged} />
        <NameFields draft={draft} refusal={save.error} onChange={onChange} autoFocus={false} />
        {change.path === undefined ? null : (
          <p className="rounded bg-waiting-tint px-3 py-2 text-waiting">
            Another path moves all that lies in it. Projects are found by their old paths, too; pipelines that report in
            the old namespace have to be told of the new one.
          </p>
        )}
        <AboutFields draft={draft} refusal={save.error} onChange={onChange} />
        {refusal === undefined ? null : <Refusal>{refusal}</Refusal>}
        <div className="flex gap-1.5">
          <Button type="submit" look="primary" disabled={!isChanged || save.isPending}>
            {save.isPending ? 'One moment' : 'Save'}
          </Button>
          {isChanged ? (
            <Button look="quiet" disabled={save.isPending} onClick={() => setDraft(begun)}>
              Discard
            </Button>
          ) : null}
        </div>
      </form>
    </PageSection>
  );
}

function draftOf({ name, path, description, visibility }: GroupDetails): GroupDraft {
  const slash = path.lastIndexOf('/');
  return {
    name,
    path: path.slice(slash + 1),
    parent: path.slice(0, Math.max(slash, 0)),
    description: description ?? '',
    visibility,
  };
}
