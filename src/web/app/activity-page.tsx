import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { parseActivitySearch } from '../features/activity/activity-search.ts';
import { ActivityToolbar } from '../features/activity/activity-toolbar.tsx';
import { ActivityView } from '../features/activity/activity-view.tsx';
import { type FlatSearch, isTyping } from '../lib/flat-search.ts';
import { PageTitle } from '../ui/page-title.tsx';
import { SlotOverlay, useOpenSlot } from './slot-overlay.tsx';

export function ActivityPage() {
  const flat = useSearch({ from: '/shell/activity' });
  const navigate = useNavigate({ from: '/activity' });
  const search = useMemo(() => parseActivitySearch(flat), [flat]);
  const onSearch = useCallback(
    (patch: FlatSearch) => navigate({ search: (before) => ({ ...before, ...patch }), replace: isTyping(patch) }),
    [navigate],
  );
  const onOpen = useOpenSlot();
  return (
    <>
      <PageTitle>Activity</PageTitle>
      <div className="border-b">
        <div className="mx-auto flex max-w-[1200px] flex-wrap items-center gap-1.5 px-4 py-2">
          <ActivityToolbar search={search} onSearch={onSearch} />
        </div>
      </div>
      <div className="min-h-0 flex-1">
        <ActivityView search={search} onOpen={onOpen} />
      </div>
      <SlotOverlay search={flat} />
    </>
  );
}
