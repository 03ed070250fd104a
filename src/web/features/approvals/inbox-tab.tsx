import { useQueryClient } from '@tanstack/react-query';
import { useLiveRefresh } from '../../lib/live/use-live-refresh.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { inboxQuery, useInbox } from './inbox-query.ts';

/** The name of the inbox in the navigation, with how much waits there. It keeps the inbox live, whatever page is shown. */
export function InboxTab() {
  const { client } = usePageServices();
  const cache = useQueryClient();
  const inbox = useInbox();
  const { items, hasNextPage } = inbox;
  useLiveRefresh(inbox, {
    refresh: () => cache.invalidateQueries({ queryKey: inboxQuery(client).queryKey }),
    pauseMs: 500,
    // A page that nobody sees catches up when it is seen again.
    concerns: ({ status, deployment_number }) =>
      document.visibilityState === 'visible' &&
      (status === 'waiting' || items.some((item) => item.deployment.deployment_number === deployment_number)),
  });
  return (
    <>
      Inbox
      {items.length > 0 ? (
        <span className="ml-1.5 inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-full bg-waiting-tint px-1 text-xs font-semibold text-waiting">
          {items.length}
          {hasNextPage ? '+' : ''}
          <span className="sr-only"> waiting</span>
        </span>
      ) : null}
    </>
  );
}
