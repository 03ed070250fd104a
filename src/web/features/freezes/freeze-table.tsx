import { Pencil, Snowflake, Trash2 } from 'lucide-react';
import type { FreezePeriod } from '../../../contract/freeze-periods.ts';
import { zoneTime } from '../../lib/zone-time.ts';
import { IconButton } from '../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Tag } from '../../ui/tag.tsx';
import { FreezeName, freezeText } from './freeze-name.tsx';

interface FreezeTableProps {
  readonly periods: readonly FreezePeriod[];
  /** Absent: the reader may not. */
  readonly onAct: ((action: 'edit' | 'delete', period: FreezePeriod) => void) | undefined;
}

/** Freeze periods: when they hold, by whose clocks, and when next. */
export function FreezeTable({ periods, onAct }: FreezeTableProps) {
  const actions = (period: FreezePeriod) => (
    <>
      <IconButton label={`Change ${freezeText(period)}`} onClick={() => onAct?.('edit', period)}>
        <Pencil aria-hidden size={14} />
      </IconButton>
      <IconButton label={`Delete ${freezeText(period)}`} onClick={() => onAct?.('delete', period)}>
        <Trash2 aria-hidden size={14} />
      </IconButton>
    </>
  );
  return (
    <DataTable
      label="Freeze periods"
      columns={columns}
      rows={periods}
      keyOf={({ id }) => id}
      {...(onAct ? { actions } : {})}
    />
  );
}

const columns: readonly TableColumn<FreezePeriod>[] = [
  { key: 'when', head: 'Frozen', cell: (period) => <FreezeName period={period} /> },
  { key: 'zone', head: 'Time zone', cell: ({ cron_timezone: zone }) => zone },
  { key: 'next', head: 'Now or next', cell: (period) => <Held period={period} /> },
];

function Held({ period: { active, start, end, zone } }: { period: FreezePeriod }) {
  if (start === null || end === null) return <span className="text-muted">never</span>;
  return (
    <div className="flex flex-col items-start gap-0.5">
      {active ? (
        <Tag tone="waiting" icon={<Snowflake aria-hidden size={11} />}>
          Frozen now
        </Tag>
      ) : (
        <RelativeTime at={start} />
      )}
      <span className="text-sm text-muted">
        {active ? `until ${zoneTime(end, zone)}` : `${zoneTime(start, zone)} → ${zoneTime(end, zone)}`}
      </span>
    </div>
  );
}
