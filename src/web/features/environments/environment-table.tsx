import { Pencil, Square, Trash2 } from 'lucide-react';
import { accessLevels } from '../../../contract/access-levels.ts';
import type { ProjectEnvironment } from '../../../contract/environments.ts';
import type { MatrixSlot } from '../../../contract/matrix.ts';
import { shortVersion } from '../../lib/short-version.ts';
import { SlotNews, StillGood } from '../../lib/slot-news.tsx';
import { IconButton } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { ExternalAddress } from '../../ui/external-address.tsx';
import { ProtectedMark } from '../../ui/protected-mark.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Tag } from '../../ui/tag.tsx';

export type EnvironmentAction = 'edit' | 'stop' | 'delete';

interface EnvironmentTableProps {
  readonly project: string;
  readonly environments: readonly ProjectEnvironment[];
  /** What runs there; undefined: nothing does, as far as is known. */
  readonly slotOf: (environment: string) => MatrixSlot | undefined;
  /** The reader's; 0 where the session may only read. */
  readonly level: number;
  readonly onAct: (action: EnvironmentAction, environment: ProjectEnvironment) => void;
  readonly onOpen: (environment: string) => void;
}

/** Environments with what runs there and what the reader may do with them. */
export function EnvironmentTable(props: EnvironmentTableProps) {
  const { project, environments, slotOf, level, onAct, onOpen } = props;
  const mayManage = level >= accessLevels.developer;
  return (
    <DataTable
      label={`Environments of ${project}`}
      rows={environments}
      keyOf={({ id }) => id}
      columns={[
        { key: 'name', head: 'Environment', cell: (row) => <Name environment={row} /> },
        { key: 'tier', head: 'Tier', cell: ({ tier }) => <Tag>{tier}</Tag> },
        {
          key: 'running',
          head: 'Deployed',
          cell: ({ name }) => <Deployed environment={name} slot={slotOf(name)} onOpen={onOpen} />,
        },
        {
          key: 'address',
          head: 'Address',
          cell: ({ external_url: address }) =>
            address === null ? <span className="text-muted">none</span> : <ExternalAddress address={address} />,
        },
      ]}
      {...(mayManage
        ? { actions: (row: ProjectEnvironment) => <Actions environment={row} level={level} onAct={onAct} /> }
        : {})}
    />
  );
}

function Name({ environment }: { environment: ProjectEnvironment }) {
  const { name, description, state, auto_stop_at: stopsAt } = environment;
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {name}
        {environment.protected ? <ProtectedMark /> : null}
        {state === 'stopped' ? <Tag icon={<Square aria-hidden size={8} fill="currentColor" />}>Stopped</Tag> : null}
      </span>
      {description === null ? null : <span className="line-clamp-2 text-sm font-normal text-muted">{description}</span>}
      {stopsAt === null ? null : (
        <span className="text-sm font-normal text-muted">
          Stops by itself <RelativeTime at={stopsAt} />
        </span>
      )}
    </div>
  );
}

interface DeployedProps {
  readonly environment: string;
  readonly slot: MatrixSlot | undefined;
  readonly onOpen: (environment: string) => void;
}

function Deployed({ environment, slot, onOpen }: DeployedProps) {
  if (!slot) return <span className="text-muted">not yet</span>;
  const { current, last_successful: good } = slot;
  const version = shortVersion(current);
  return (
    <>
      <span className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-0.5">
        <button
          type="button"
          aria-haspopup="dialog"
          aria-label={`${version} in ${environment}: its history`}
          className="max-w-full rounded-[3px] font-mono text-sm font-medium [overflow-wrap:anywhere] hover:underline"
          onClick={() => onOpen(environment)}
        >
          {version}
        </button>
        <span className="text-sm">
          <StatusMark status={current.status} size={13} />
        </span>
        <RelativeTime at={current.happened_at} className="text-sm text-muted" />
      </span>
      {good && current.status !== 'success' ? <StillGood event={good} /> : null}
      <SlotNews slot={slot} />
    </>
  );
}

interface ActionsProps {
  readonly environment: ProjectEnvironment;
  readonly level: number;
  readonly onAct: EnvironmentTableProps['onAct'];
}

function Actions({ environment, level, onAct }: ActionsProps) {
  const { name, state } = environment;
  return (
    <>
      <IconButton label={`Change ${name}`} onClick={() => onAct('edit', environment)}>
        <Pencil aria-hidden size={14} />
      </IconButton>
      {state === 'available' ? (
        <IconButton label={`Stop ${name}`} onClick={() => onAct('stop', environment)}>
          <Square aria-hidden size={11} fill="currentColor" />
        </IconButton>
      ) : level >= accessLevels.maintainer ? (
        <IconButton label={`Delete ${name}`} onClick={() => onAct('delete', environment)}>
          <Trash2 aria-hidden size={14} />
        </IconButton>
      ) : null}
    </>
  );
}
