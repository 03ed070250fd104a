import { Type } from 'typebox';
import {
  type Hook as HookBody,
  type HookDelivery,
  type HookDeliveryDetails,
  hookShapes,
} from '../../../contract/hooks.ts';
import { projectPath } from '../../../contract/project-path.ts';
import type { Delivery, Hook } from '../../features/webhooks/webhook-types.ts';
import type { ProjectAccess } from '../../principal.ts';
import { timeText } from './event-view.ts';

export const HookParams = Type.Object({ id: Type.String({ format: 'digits' }) });

/** A hook as this API shows it, with its newest delivery where there is one. */
export function hookView(hook: Hook, project: ProjectAccess, last: Delivery | undefined): HookBody {
  const { id, url, sealedSecret, settings, createdAt } = hook;
  const shape = hookShapes.find((name) => name === settings.shape);
  if (!shape) throw new RangeError(`There is no shape ${settings.shape} of webhooks.`);
  return {
    id,
    project: projectPath(project),
    url,
    shape,
    topics: [...settings.topics],
    active: settings.active,
    has_secret: sealedSecret !== null,
    verify_tls: settings.verifyTls,
    created_at: timeText(createdAt),
    ...(last ? { last_delivery: deliveryView(last) } : {}),
  };
}

export function deliveryView(delivery: Delivery): HookDelivery {
  const { id, uuid, eventUuid, trigger, redelivery, attempts, createdAt, deliveredAt, nextAttemptAt, last } = delivery;
  return {
    id,
    uuid,
    event_uuid: eventUuid,
    event: trigger,
    state: stateOf(delivery),
    redelivery,
    attempts,
    created_at: timeText(createdAt),
    delivered_at: deliveredAt === null ? null : timeText(deliveredAt),
    next_attempt_at: nextAttemptAt === null ? null : timeText(nextAttemptAt),
    status_code: last?.answer?.status ?? null,
    duration_ms: last ? Math.round(last.durationMs) : null,
    error: last?.error ?? null,
  };
}

function stateOf({ nextAttemptAt, deliveredAt, resentAt }: Delivery): HookDelivery['state'] {
  if (nextAttemptAt !== null) return 'waiting';
  if (deliveredAt !== null) return 'delivered';
  return resentAt === null ? 'given-up' : 'resent';
}

export function deliveryDetailsView(delivery: Delivery): HookDeliveryDetails {
  const { body, last } = delivery;
  return {
    ...deliveryView(delivery),
    request: { url: last?.url ?? null, headers: { ...last?.requestHeaders }, body },
    response: last?.answer
      ? { status_code: last.answer.status, headers: { ...last.answer.headers }, body: last.answer.body }
      : null,
  };
}
