import { PermissionSection } from '../../features/notifications/permission-section.tsx';
import { RulesSection } from '../../features/notifications/rules-section.tsx';
import { useNotificationPermission } from '../../features/notifications/use-permission.ts';
import { PageTitle } from '../../ui/page-title.tsx';

/** What this browser tells of while the page is open. */
export function NotificationsPage() {
  const [state, ask] = useNotificationPermission();
  return (
    <>
      <PageTitle>Notifications</PageTitle>
      <PermissionSection state={state} onAsk={ask} />
      <RulesSection />
    </>
  );
}
