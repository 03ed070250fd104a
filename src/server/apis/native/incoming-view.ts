import type { IncomingDelivery, IncomingDeliveryDetails, IncomingSecret } from '../../../contract/incoming.ts';
import type { InboxPage, IncomingInboxService } from '../../features/incoming/incoming-inbox-service.ts';
import type { ProjectSecret } from '../../features/incoming/incoming-secret-service.ts';
import { timeText } from './event-view.ts';

/** A secret as this API shows it: without what is secret. */
export function incomingSecretView({ id, project, source, createdAt }: ProjectSecret): IncomingSecret {
  const path = `/webhooks/${source}?project=${encodeURIComponent(project)}`;
  return { id, project, source, path, created_at: timeText(createdAt) };
}

/** What came in, as a list shows it. */
export function incomingDeliveryView(delivery: InboxPage['items'][number]): IncomingDelivery {
  const { id, project, source, event, key, state, reason, receivedAt, settledAt } = delivery;
  return {
    id,
    project,
    source,
    event,
    delivery_id: key,
    state,
    reason,
    received_at: timeText(receivedAt),
    settled_at: settledAt === null ? null : timeText(settledAt),
  };
}

/** The same with what came. */
export function incomingDetailsView(
  delivery: Awaited<ReturnType<IncomingInboxService['get']>>,
): IncomingDeliveryDetails {
  return { ...incomingDeliveryView(delivery), headers: { ...delivery.headers }, body: delivery.body };
}
