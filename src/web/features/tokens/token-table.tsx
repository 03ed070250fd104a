import { RotateCw, Trash2 } from 'lucide-react';
import type { Token } from '../../../contract/access.ts';
import { levelWords } from '../../lib/level-words.ts';
import { IconButton } from '../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ExpiryCell } from './expiry-cell.tsx';
import type { TokenHolder } from './token-holder.ts';

interface TokenTableProps {
  readonly label: string;
  readonly holder: TokenHolder;
  readonly tokens: readonly Token[];
  readonly isRevoked: boolean;
  readonly onAct: (action: 'rotate' | 'revoke', token: Token) => void;
}

const name: TableColumn<Token> = { key: 'name', head: 'Name', cell: (token) => token.name };
const scopes: TableColumn<Token> = {
  key: 'scopes',
  head: 'Scopes',
  cell: (token) => <span className="font-mono text-sm text-soft">{token.scopes.join(', ')}</span>,
};
const level: TableColumn<Token> = {
  key: 'level',
  head: 'Level',
  cell: ({ access_level }) =>
    access_level === undefined ? null : (
      <span data-tip={levelWords(access_level).may}>{levelWords(access_level).name}</span>
    ),
};
const moments: readonly TableColumn<Token>[] = [
  { key: 'created', head: 'Created', cell: (token) => <RelativeTime at={token.created_at} className="text-muted" /> },
  {
    key: 'used',
    head: 'Last used',
    cell: ({ last_used_at }) =>
      last_used_at === null ? (
        <span className="text-muted">not yet</span>
      ) : (
        <RelativeTime at={last_used_at} className="text-muted" />
      ),
  },
];
const expires: TableColumn<Token> = {
  key: 'expires',
  head: 'Expires',
  cell: (token) => <ExpiryCell at={token.expires_at} />,
};
const revoked: TableColumn<Token> = {
  key: 'revoked',
  head: 'Revoked',
  cell: ({ revoked_at }) => (revoked_at === undefined ? null : <RelativeTime at={revoked_at} className="text-muted" />),
};

/** Tokens with what they may do and how long, never with their secrets. */
export function TokenTable({ label, holder, tokens, isRevoked, onAct }: TokenTableProps) {
  const columns = [name, scopes, ...(holder.kind === 'user' ? [] : [level]), ...moments, isRevoked ? revoked : expires];
  const actions = (token: Token) => (
    <>
      <IconButton label={`Rotate ${token.name}`} onClick={() => onAct('rotate', token)}>
        <RotateCw aria-hidden size={14} />
      </IconButton>
      <IconButton label={`Revoke ${token.name}`} onClick={() => onAct('revoke', token)}>
        <Trash2 aria-hidden size={14} />
      </IconButton>
    </>
  );
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={tokens}
      keyOf={({ id }) => id}
      {...(isRevoked ? {} : { actions })}
    />
  );
}
