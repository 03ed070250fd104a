import type { AuditEntry } from '../../../contract/audit.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { actionText, detailsOf } from './audit-words.ts';

interface AuditTableProps {
  readonly label: string;
  readonly entries: readonly AuditEntry[];
  /** The entries are of many places: each says of which. */
  readonly places: boolean;
}

/** Who did what, and when. */
export function AuditTable({ label, entries, places }: AuditTableProps) {
  return (
    <DataTable
      label={label}
      rows={entries}
      keyOf={({ id }) => id}
      columns={[
        { key: 'what', head: 'What', cell: (entry) => <Deed entry={entry} /> },
        ...(places ? [{ key: 'where', head: 'Where', cell: placeCell }] : []),
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

/** Wide enough that few paths are broken within a word. */
function placeCell(entry: AuditEntry) {
  return <span className="block md:min-w-44">{placeText(entry)}</span>;
}

function placeText({ project, project_id: projectId, group, group_id: groupId }: AuditEntry): string {
  if (projectId !== null) return project ?? `deleted project ${projectId}`;
  if (groupId !== null) return group ?? `deleted group ${groupId}`;
  return 'Server';
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
