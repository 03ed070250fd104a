import { useSyncExternalStore } from 'react';
import { type NotificationRule, notificationRules, onNotificationRules } from './rules-store.ts';

/** What this browser is to be told of. */
export function useNotificationRules(): readonly NotificationRule[] {
  return useSyncExternalStore(onNotificationRules, notificationRules);
}
