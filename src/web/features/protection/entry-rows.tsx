import { X } from 'lucide-react';
import { useRef } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { fieldLook } from '../../ui/text-field.tsx';
import { type DraftEntry, subjectKey } from './protection-draft.ts';
import { SubjectName } from './subject-name.tsx';

interface EntryRowsProps {
  /** What they are: "May deploy". */
  readonly label: string;
  readonly entries: readonly DraftEntry[];
  /** Of approval rules: how many of each approve can be said. */
  readonly counted?: boolean;
  readonly onChange: (entries: readonly DraftEntry[]) => void;
}

/** Those that the form names, each with what can be said of it and the way to take it away. */
export function EntryRows({ label, entries, counted = false, onChange }: EntryRowsProps) {
  const list = useRef<HTMLUListElement>(null);
  if (entries.length === 0) return null;
  const change = (changed: DraftEntry, part: Partial<DraftEntry>) =>
    onChange(entries.map((entry) => (entry === changed ? { ...entry, ...part } : entry)));
  const remove = (gone: DraftEntry) => {
    // What was pressed goes: the field that adds is next to where the reader was.
    list.current?.parentElement?.querySelector<HTMLElement>('[role=combobox]')?.focus();
    onChange(entries.filter((entry) => entry !== gone));
  };
  return (
    <ul ref={list} aria-label={label} className="rounded border">
      {entries.map((entry) => (
        <li
          key={subjectKey(entry)}
          className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b py-1 pr-1 pl-2.5 last:border-b-0"
        >
          {counted ? <RequiredField entry={entry} onChange={(required) => change(entry, { required })} /> : null}
          <span className="min-w-0 flex-1 basis-32">
            <SubjectName subject={entry} />
          </span>
          {entry.kind === 'group' ? (
            <InheritedBox entry={entry} onChange={(withInherited) => change(entry, { withInherited })} />
          ) : null}
          <IconButton label={`Remove ${entry.name}`} className="ml-auto" onClick={() => remove(entry)}>
            <X aria-hidden size={14} />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}

function RequiredField({ entry, onChange }: { entry: DraftEntry; onChange: (required: string) => void }) {
  return (
    <span className="flex items-center gap-2">
      <input
        type="number"
        required
        min={1}
        max={100}
        aria-label={`Approvals from ${entry.name}`}
        className={`${fieldLook} h-7! w-16!`}
        value={entry.required}
        onChange={({ target }) => onChange(target.value)}
      />
      <span aria-hidden className="text-muted">
        from
      </span>
    </span>
  );
}

function InheritedBox({ entry, onChange }: { entry: DraftEntry; onChange: (withInherited: boolean) => void }) {
  return (
    <label
      className="flex items-center gap-1.5 text-sm text-muted"
      data-tip="Members of the groups above it count as its own."
    >
      <input
        type="checkbox"
        className="size-3.5 accent-inverse"
        aria-label={`${entry.name} with the groups above it`}
        checked={entry.withInherited}
        onChange={({ target }) => onChange(target.checked)}
      />
      with the groups above
    </label>
  );
}
