import { lazyPart } from '../../lib/lazy-part.tsx';
import { useNotificationRules } from './use-rules.ts';

const NotificationWatch = lazyPart(
  'What notifies you',
  async () => (await import('./notification-watch.tsx')).NotificationWatch,
);

/** Watches for what this browser is to be told of; where that is nothing, it loads nothing. */
export function WatchWhereAsked() {
  const rules = useNotificationRules();
  return rules.length === 0 ? null : <NotificationWatch />;
}
