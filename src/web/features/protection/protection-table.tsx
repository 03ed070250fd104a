import { Link } from '@tanstack/react-router';
import { Pencil, ShieldOff } from 'lucide-react';
import type { ProtectedEnvironment } from '../../../contract/protected-environments.ts';
import { IconButton } from '../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { approvalsText, placeText, selfApprovalText } from './protection-words.ts';
import { SubjectName } from './subject-name.tsx';

interface ProtectionTableProps {
  readonly label: string;
  readonly protections: readonly ProtectedEnvironment[];
  /** Those of other groups lead to them. */
  readonly inherited?: boolean;
  readonly onAct?: ((action: 'edit' | 'unprotect', protection: ProtectedEnvironment) => void) | undefined;
}

/** Protections: what is protected, who may deploy, who must approve. */
export function ProtectionTable({ label, protections, inherited = false, onAct }: ProtectionTableProps) {
  const columns: readonly TableColumn<ProtectedEnvironment>[] = [
    {
      key: 'name',
      head: protections.every(({ group }) => group === null) ? 'Environment' : 'Tier',
      cell: (row) => placeText(row),
    },
    ...(inherited ? [fromColumn] : []),
    ...ruleColumns,
  ];
  const actions = (row: ProtectedEnvironment) => (
    <>
      <IconButton label={`Change the protection of ${row.name}`} onClick={() => onAct?.('edit', row)}>
        <Pencil aria-hidden size={14} />
      </IconButton>
      <IconButton label={`Unprotect ${row.name}`} onClick={() => onAct?.('unprotect', row)}>
        <ShieldOff aria-hidden size={14} />
      </IconButton>
    </>
  );
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={protections}
      keyOf={({ name, group }) => `${group ?? ''} ${name}`}
      {...(onAct ? { actions } : {})}
    />
  );
}

const fromColumn: TableColumn<ProtectedEnvironment> = {
  key: 'from',
  head: 'By group',
  cell: ({ group }) => (
    <Link to="/settings/groups/$group" params={{ group: group ?? '' }} className="hover:underline">
      {group}
    </Link>
  ),
};

const ruleColumns: readonly TableColumn<ProtectedEnvironment>[] = [
  { key: 'deployers', head: 'May deploy', cell: ({ deployers }) => <Deployers deployers={deployers} /> },
  {
    key: 'approvals',
    head: 'Approvals',
    cell: (row) => {
      const own = selfApprovalText(row.self_approval);
      const isAsked = approvalsText(row) !== 'None';
      return (
        <>
          <span className={isAsked ? '' : 'text-muted'}>{approvalsText(row)}</span>
          {isAsked && own !== undefined ? <span className="block text-sm text-muted">{own}</span> : null}
        </>
      );
    },
  },
];

function Deployers({ deployers }: Pick<ProtectedEnvironment, 'deployers'>) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {deployers.map((deployer) => (
        <li key={deployer.id} className="min-w-0">
          <SubjectName subject={deployer} linked />
        </li>
      ))}
    </ul>
  );
}
