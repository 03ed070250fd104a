import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { usePageServices } from '../../lib/page-services.tsx';
import { leadNotifications } from './lead-notifications.ts';
import { Notifier } from './notifier.ts';
import { Transitions } from './transitions.ts';

/** Shows notifications by the rules of this browser, in one of its tabs. There are some, or this is not on the page. */
export function NotificationWatch() {
  const { client, live } = usePageServices();
  const navigate = useNavigate();
  useEffect(() => {
    const transitions = new Transitions();
    const notifier = new Notifier(client, {
      toDeployment: (number) => navigate({ to: '/deployments/$number', params: { number: String(number) } }),
      toActivity: () => navigate({ to: '/activity' }),
    });
    const lead = leadNotifications();
    const stop = live.onEvent((event) => {
      // Each tab follows, since each may come to lead.
      const verdict = transitions.take(event, Date.now());
      if (verdict !== 'no' && lead.isOurs()) notifier.tell(event, verdict === 'yes');
    });
    return () => {
      stop();
      lead.leave();
    };
  }, [client, live, navigate]);
  return null;
}
