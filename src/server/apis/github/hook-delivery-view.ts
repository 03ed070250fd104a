import type { Delivery } from '../../features/webhooks/webhook-types.ts';
import { timeText } from './time-text.ts';

/** GitHub's item of the list of deliveries. One that had no answer has the code 0. */
export function deliveryView(delivery: Delivery, projectId: number) {
  const { id, eventUuid, trigger, redelivery, deliveredAt, createdAt, last } = delivery;
  return {
    id,
    guid: eventUuid,
    delivered_at: timeText(deliveredAt ?? createdAt),
    redelivery,
    duration: last ? last.durationMs / 1000 : 0,
    status: last ? (last.error ?? 'OK') : delivery.nextAttemptAt === null ? 'resent' : 'queued',
    status_code: last?.answer?.status ?? 0,
    event: trigger,
    action: actionOf(payloadOf(delivery)),
    installation_id: null,
    repository_id: projectId,
    throttled_at: null,
  };
}

/** One delivery with what was sent and what came back, secrets masked. */
export function deliveryDetailsView(delivery: Delivery, projectId: number, hookTarget: string) {
  const { last } = delivery;
  return {
    ...deliveryView(delivery, projectId),
    url: last?.url ?? hookTarget,
    request: { headers: last?.requestHeaders ?? {}, payload: payloadOf(delivery) },
    response: { headers: last?.answer?.headers ?? {}, payload: last?.answer?.body ?? null },
  };
}

function payloadOf({ body }: Delivery): Readonly<Record<string, unknown>> {
  return JSON.parse(body) as Record<string, unknown>; // each shape writes an object
}

function actionOf({ action }: Readonly<Record<string, unknown>>): string | null {
  return typeof action === 'string' ? action : null;
}
