import { Trash2 } from 'lucide-react';
import type { IncomingSecret } from '../../../contract/incoming.ts';
import { IconButton } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { CopyLine } from './copy-line.tsx';
import { sourceNames } from './incoming-words.ts';

interface SecretTableProps {
  readonly secrets: readonly IncomingSecret[];
  readonly onDelete: (secret: IncomingSecret) => void;
}

/** The secrets of a project, each with the URL that goes with it. */
export function SecretTable({ secrets, onDelete }: SecretTableProps) {
  return (
    <DataTable
      label="Secrets of incoming webhooks"
      rows={secrets}
      keyOf={({ id }) => id}
      columns={[
        { key: 'source', head: 'From', cell: ({ source }) => sourceNames[source] },
        {
          key: 'url',
          head: 'Posts to',
          cell: ({ path }) => <CopyLine text={`${location.origin}${path}`} what="URL" />,
        },
        {
          key: 'created',
          head: 'Made',
          cell: ({ created_at }) => <RelativeTime at={created_at} className="text-muted" />,
        },
      ]}
      actions={(secret) => (
        <IconButton
          label={`Delete the secret of ${sourceNames[secret.source]} number ${secret.id}`}
          onClick={() => onDelete(secret)}
        >
          <Trash2 aria-hidden size={14} />
        </IconButton>
      )}
    />
  );
}
