import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { ChangeViews } from '../../features/changes/change-views.tsx';
import { parseChangesSearch } from '../../features/changes/changes-search.ts';
import { ChangesToolbar } from '../../features/changes/changes-toolbar.tsx';
import { ChangesView } from '../../features/changes/changes-view.tsx';
import { WaitingView } from '../../features/changes/waiting-view.tsx';
import { type FlatSearch, isTyping } from '../../lib/flat-search.ts';
import { nameAt } from '../../lib/project-name.ts';
import { useProjectMatrix } from '../../lib/use-project-matrix.ts';
import { PageTitle } from '../../ui/page-title.tsx';

/** The changes of one project: all of them, or with `?view=waiting` those that wait. */
export function ProjectChangesPage() {
  const { project } = useParams({ from: '/shell/projects/$project/changes' });
  const flat = useSearch({ from: '/shell/projects/$project/changes' });
  const navigate = useNavigate({ from: '/projects/$project/changes' });
  const search = useMemo(() => ({ ...parseChangesSearch(flat), project }), [flat, project]);
  const matrix = useProjectMatrix(project);
  const onSearch = (patch: FlatSearch) =>
    navigate({ search: (before) => ({ ...before, ...patch }), replace: isTyping(patch) });
  const waiting = search.view === 'waiting';
  return (
    <>
      <PageTitle>{`${waiting ? 'Waiting changes' : 'Changes'} of ${nameAt(project)}`}</PageTitle>
      <div className="flex flex-wrap items-center gap-1.5 border-b px-4 py-2">
        <ChangeViews label={`Changes of ${nameAt(project)}`} />
        <ChangesToolbar
          search={search}
          ofProject={{ environments: matrix.data?.environments ?? [] }}
          onSearch={onSearch}
        />
      </div>
      {waiting ? (
        <WaitingView search={search} onSearch={onSearch} ofProject />
      ) : (
        <ChangesView search={search} onSearch={onSearch} ofProject />
      )}
    </>
  );
}
