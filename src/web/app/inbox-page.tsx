import { useSearch } from '@tanstack/react-router';
import { InboxView } from '../features/approvals/inbox-view.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { SlotOverlay, useOpenSlot } from './slot-overlay.tsx';

export function InboxPage() {
  const search = useSearch({ from: '/shell/inbox' });
  const onOpen = useOpenSlot();
  return (
    <>
      <PageTitle>Inbox</PageTitle>
      <div className="min-h-0 flex-1">
        <InboxView onOpen={onOpen} />
      </div>
      <SlotOverlay search={search} />
    </>
  );
}
