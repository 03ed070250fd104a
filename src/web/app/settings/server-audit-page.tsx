import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { parseAuditSearch } from '../../features/audit/audit-search.ts';
import { AuditView } from '../../features/audit/audit-view.tsx';
import { PageTitle } from '../../ui/page-title.tsx';

const server = { kind: 'server' } as const;

/** What people did on all of the server. */
export function ServerAuditPage() {
  const flat = useSearch({ from: '/shell/settings/audit' });
  const navigate = useNavigate({ from: '/settings/audit' });
  const search = useMemo(() => parseAuditSearch(flat), [flat]);
  return (
    <>
      <PageTitle>Audit log</PageTitle>
      <div>
        <AuditView
          place={server}
          search={search}
          onSearch={(patch) => navigate({ search: (before) => ({ ...before, ...patch }) })}
        />
      </div>
    </>
  );
}
