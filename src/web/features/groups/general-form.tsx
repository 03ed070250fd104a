import { type FormEvent, useState } from 'react';
import { ShiplogError } from '../../../client/shiplog-error.ts';
import type { GroupDetails } from '../../../contract/groups.ts';
import { editsLeft } from '../../lib/edits-left.ts';
import { refusalText } from '../../lib/refusal.ts';
import { Button } from '../../ui/button.tsx';
import { PageSection } from '../../ui/page.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useChangeGroup } from './change-group-mutation.ts';
import { changeOf, type GroupDraft } from './group-draft.ts';
import { AboutFields, isFieldFault, NameFields } from './group-fields.tsx';

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
  const refusal = save.error instanceof ShiplogError ? save.error : undefined;
  const onChange = (part: Partial<GroupDraft>) => setDraft((before) => ({ ...before, ...part }));
  return (
    <PageSection title="General">
      <form onSubmit={submit} className="flex max-w-lg flex-col gap-5 px-4">
        <NameFields draft={draft} refusal={refusal} onChange={onChange} autoFocus={false} />
        {change.path === undefined ? null : (
          <p className="rounded bg-waiting-tint px-3 py-2 text-waiting">
            Another path moves all that lies in it. Projects are found by their old paths, too; pipelines that report in
            the old namespace have to be told of the new one.
          </p>
        )}
        <AboutFields draft={draft} refusal={refusal} onChange={onChange} />
        {save.error && !isFieldFault(refusal) ? <Refusal>{refusalText(save.error)}</Refusal> : null}
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
