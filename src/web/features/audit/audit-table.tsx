import type { AuditEntry } from '../../../contract/audit.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { actionText, detailsOf } from './audit-words.ts';

/** Who did what, and when. */
export function AuditTable({ project, entries }: { project: string; entries: readonly AuditEntry[] }) {
  return (
    <DataTable
      label={`What people did in ${project}`}
      rows={entries}
      keyOf={({ id }) => id}
      columns={[
        { key: 'what', head: 'What', cell: (entry) => <Deed entry={entry} /> },
        { key: 'who', head: 'Who', cell: ({ author }) => <Author name={author.name} /> },
        { key: 'when', head: 'When', align: 'end', cell: ({ at }) => <RelativeTime at={at} className="text-muted" /> },
      ]}
    />
  );
}

function Deed({ entry }: { entry: AuditEntry }) {
  const text = actionText(entry);
  const details = detailsOf(entry);
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <span>{text.charAt(0).toUpperCase() + text.slice(1)}</span>
      {details.length === 0 ? null : (
        <dl className="flex flex-wrap gap-x-4 gap-y-0.5 text-sm font-normal">
          {details.map(([term, detail]) => (
            <div key={term} className="flex min-w-0 gap-1.5">
              <dt className="shrink-0 text-muted">{term}</dt>
              <dd className="min-w-0 text-soft [overflow-wrap:anywhere]">{detail}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

function Author({ name }: { name: string | null }) {
  if (name === null) return <span className="text-muted">not known</span>;
  return (
    <span className="inline-flex max-w-full items-center gap-2">
      <Avatar name={name} />
      <span className="truncate">{name}</span>
    </span>
  );
}
