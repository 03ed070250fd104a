import { type FormEvent, useState } from 'react';
import { changeableKinds, type Retention } from '../../../contract/retention.ts';
import { editsLeft } from '../../lib/edits-left.ts';
import { fieldFault, refusalBesides } from '../../lib/refusal.ts';
import { UnsavedEdits } from '../../lib/unsaved-edits.tsx';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { DaysCell } from './days-cell.tsx';
import { daysFault, type RetentionDraft, requestOf, shortenedBy, typedOf } from './retention-draft.ts';
import { kindWords } from './retention-words.ts';
import { RowsCell } from './rows-cell.tsx';
import { useSaveRetention } from './save-retention-mutation.ts';
import { ShortenDialog } from './shorten-dialog.tsx';

/** Each kind of thing with how long it stays. What was typed outlives every refusal. */
export function RetentionForm({ items }: { items: readonly Retention[] }) {
  const [draft, setDraft] = useState<RetentionDraft>({});
  const [sent, setSent] = useState<RetentionDraft>();
  const [isAsked, setIsAsked] = useState(false);
  const save = useSaveRetention();
  const tell = useToast();
  const request = requestOf(draft, items);
  const isChanged = Object.keys(request).length > 0;
  // What was refused of another draft says nothing of this one.
  const refused = sent === draft ? save.error : null;
  const faultOf = ({ kind, change }: Retention) => {
    return daysFault(typedOf(draft, { kind }), change) ?? fieldFault(refused, kind);
  };
  const isWrong = items.some((item) => daysFault(typedOf(draft, item), item.change) !== undefined);
  const shortened = shortenedBy(request, items);
  const send = () => {
    setSent(draft);
    save.mutate(request, {
      onSuccess: () => {
        setDraft((now) => editsLeft(now, draft));
        setIsAsked(false);
        tell('How long things are kept is saved.');
      },
      onError: () => setIsAsked(false),
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isChanged || isWrong || save.isPending) return;
    if (shortened.length > 0) setIsAsked(true);
    else send();
  };
  const refusal = refusalBesides(changeableKinds, refused);
  return (
    <form onSubmit={submit} noValidate>
      <UnsavedEdits when={isChanged} />
      <DataTable
        label="What is kept"
        rows={items}
        keyOf={({ kind }) => kind}
        columns={[
          { key: 'what', head: 'What', cell: ({ kind }) => <KindCell kind={kind} /> },
          {
            key: 'days',
            head: 'Kept for',
            cell: (item) => (
              <DaysCell
                item={item}
                typed={typedOf(draft, item)}
                fault={faultOf(item)}
                onChange={(text) => setDraft((before) => ({ ...before, [item.kind]: text }))}
              />
            ),
          },
          { key: 'rows', head: 'How much', cell: (item) => <RowsCell item={item} /> },
          { key: 'changed', head: 'Last changed', cell: ({ change }) => <ChangedCell change={change} /> },
        ]}
      />
      <div className="flex flex-wrap items-center gap-3 px-4 py-3">
        <Button type="submit" look="primary" disabled={!isChanged || isWrong || save.isPending}>
          {save.isPending ? 'One moment' : 'Save'}
        </Button>
        {refusal === undefined ? null : (
          <p role="alert" className="min-w-0 flex-1 break-words whitespace-pre-line text-failed">
            {refusal}
          </p>
        )}
      </div>
      {isAsked ? (
        <ShortenDialog shortened={shortened} busy={save.isPending} onConfirm={send} onClose={() => setIsAsked(false)} />
      ) : null}
    </form>
  );
}

function KindCell({ kind }: Pick<Retention, 'kind'>) {
  const { name, about } = kindWords[kind];
  return (
    <>
      {name}
      <span className="block max-w-[52ch] text-sm font-normal text-muted">{about}</span>
    </>
  );
}

function ChangedCell({ change }: Pick<Retention, 'change'>) {
  if (!change) return <span className="text-muted">—</span>;
  const { changed_at, changed_by } = change;
  if (changed_at === null) return <span className="text-muted">never</span>;
  return (
    <span className="text-muted">
      <RelativeTime at={changed_at} />
      {changed_by === null ? null : ` by ${changed_by}`}
    </span>
  );
}
