import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { ChangeViews } from '../features/changes/change-views.tsx';
import { parseChangesSearch } from '../features/changes/changes-search.ts';
import { ChangesToolbar } from '../features/changes/changes-toolbar.tsx';
import { ChangesView } from '../features/changes/changes-view.tsx';
import { WaitingView } from '../features/changes/waiting-view.tsx';
import { type FlatSearch, isTyping } from '../lib/flat-search.ts';
import { scrollsPage } from '../ui/page.tsx';
import { PageTitle } from '../ui/page-title.tsx';

export function ChangesPage() {
  const flat = useSearch({ from: '/shell/changes' });
  const navigate = useNavigate({ from: '/changes' });
  const search = useMemo(() => parseChangesSearch(flat), [flat]);
  const onSearch = useCallback(
    (patch: FlatSearch) => navigate({ search: (before) => ({ ...before, ...patch }), replace: isTyping(patch) }),
    [navigate],
  );
  const View = search.view === 'waiting' ? WaitingView : ChangesView;
  return (
    <>
      <PageTitle>{search.view === 'waiting' ? 'Waiting changes' : 'Changes'}</PageTitle>
      <div className="border-b">
        <div className="mx-auto flex max-w-page flex-wrap items-center gap-1.5 px-4 py-2">
          <ChangeViews label="Changes" />
          <ChangesToolbar search={search} onSearch={onSearch} />
        </div>
      </div>
      <div {...scrollsPage} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <div className="mx-auto max-w-page">
          <View search={search} onSearch={onSearch} />
        </div>
      </div>
    </>
  );
}
