import { lazy, Suspense } from 'react';
import { useNotificationRules } from './use-rules.ts';

const NotificationWatch = lazy(() =>
  import('./notification-watch.tsx').then((file) => ({ default: file.NotificationWatch })),
);

/** Watches for what this browser is to be told of; where that is nothing, it loads nothing. */
export function WatchWhereAsked() {
  const rules = useNotificationRules();
  if (rules.length === 0) return null;
  return (
    <Suspense fallback={null}>
      <NotificationWatch />
    </Suspense>
  );
}
