import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { parseAuditSearch } from '../../features/audit/audit-search.ts';
import { AuditView } from '../../features/audit/audit-view.tsx';
import { nameAt } from '../../lib/project-name.ts';
import { PageTitle } from '../../ui/page-title.tsx';

/** What people did in one project. */
export function AuditPage() {
  const { project } = useParams({ from: '/shell/projects/$project/settings/audit' });
  const flat = useSearch({ from: '/shell/projects/$project/settings/audit' });
  const navigate = useNavigate({ from: '/projects/$project/settings/audit' });
  const search = useMemo(() => parseAuditSearch(flat), [flat]);
  return (
    <>
      <PageTitle>{`Audit log of ${nameAt(project)}`}</PageTitle>
      <AuditView
        key={project}
        place={{ kind: 'project', path: project }}
        search={search}
        onSearch={(patch) => navigate({ search: (before) => ({ ...before, ...patch }) })}
      />
    </>
  );
}
