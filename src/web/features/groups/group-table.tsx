import { Link } from '@tanstack/react-router';
import { accessLevels } from '../../../contract/access-levels.ts';
import type { Group } from '../../../contract/groups.ts';
import { levelWords } from '../../lib/level-words.ts';
import { VisibilityTag } from '../../lib/visibility-tag.tsx';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';

const columns: readonly TableColumn<Group>[] = [
  { key: 'name', head: 'Group', cell: (group) => <GroupName group={group} /> },
  { key: 'visibility', head: 'Visibility', cell: ({ visibility }) => <VisibilityTag visibility={visibility} /> },
  {
    key: 'level',
    head: 'You are',
    cell: ({ access_level: level }) =>
      level === 0 ? <span className="text-muted">no member</span> : levelWords(level).name,
  },
  {
    key: 'created',
    head: 'Created',
    hide: 'narrow',
    cell: ({ created_at }) => <RelativeTime at={created_at} className="text-soft" />,
  },
];

/** Groups by their paths. */
export function GroupTable({ label, groups }: { label: string; groups: readonly Group[] }) {
  // An administrator is one everywhere.
  const shown = groups.every(({ access_level: level }) => level === accessLevels.admin)
    ? columns.filter(({ key }) => key !== 'level')
    : columns;
  return <DataTable label={label} columns={shown} rows={groups} keyOf={({ id }) => id} />;
}

function GroupName({ group: { name, path, description } }: { group: Group }) {
  return (
    <span className="flex min-w-0 flex-col">
      <span className="flex flex-wrap items-baseline gap-x-2">
        <Link
          to="/settings/groups/$group"
          params={{ group: path }}
          search={{}}
          className="underline-offset-2 hover:underline"
        >
          {name}
        </Link>
        {path === name ? null : <span className="font-mono text-sm font-normal text-muted">{path}</span>}
      </span>
      {description ? <span className="line-clamp-1 text-sm font-normal text-muted">{description}</span> : null}
    </span>
  );
}
