import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { notFound } from '../../errors.ts';
import type { Principal } from '../../principal.ts';
import { type DeliverySender, isSealed } from './delivery-sender.ts';
import type { DeliveryFilter, DeliveryStore, NewDelivery } from './delivery-store.ts';
import type { NoticeStore } from './notice-store.ts';
import type { HookedProject, WebhookService } from './webhook-service.ts';
import type { Attempt, Delivery, Hook } from './webhook-types.ts';

/** What was delivered to a hook, and deliveries that somebody asks for. Each checks what WebhookService checks. */
export class DeliveryService {
  readonly #webhooks: WebhookService;
  readonly #store: DeliveryStore;
  readonly #notices: NoticeStore;
  readonly #sender: DeliverySender;
  readonly #clock: Clock;

  constructor(
    webhooks: WebhookService,
    store: DeliveryStore,
    notices: NoticeStore,
    sender: DeliverySender,
    clock: Clock,
  ) {
    this.#webhooks = webhooks;
    this.#store = store;
    this.#notices = notices;
    this.#sender = sender;
    this.#clock = clock;
  }

  /** Newest first. */
  async list(principal: Principal, project: HookedProject, hookId: number, filter: DeliveryFilter) {
    const hook = await this.#webhooks.get(principal, project, hookId);
    return this.#store.page(hook.id, filter);
  }

  /** Sends a sample now, once. Answers how that went. */
  async test(principal: Principal, project: HookedProject, hookId: number): Promise<Delivery> {
    const hook = await this.#webhooks.get(principal, project, hookId);
    const sample = await this.#notices.sample(project.id, this.#clock());
    const message = sample && this.#sender.shapeOf(hook).message(sample.notice, sample.subject);
    if (!message) throw notFound('deployment');
    return this.#sendNow(hook, { ...message, uuid: randomUUID(), eventUuid: randomUUID() });
  }

  /** Sends a delivery again now, once, under its uuid. Where that succeeds, nothing more waits to be sent under it. */
  async resend(principal: Principal, project: HookedProject, hookId: number, id: number): Promise<Delivery> {
    const hook = await this.#webhooks.get(principal, project, hookId);
    const before = await this.#store.byId(hook.id, id);
    if (!before) throw notFound('delivery');
    const sent = await this.#sendNow(hook, before);
    if (sent.deliveredAt !== null) await this.#store.endWaiting(hook.id, sent.uuid);
    return sent;
  }

  async #sendNow(hook: Hook, message: Pick<NewDelivery, 'uuid' | 'eventUuid' | 'trigger' | 'body'>): Promise<Delivery> {
    const { uuid, eventUuid, trigger, body } = message;
    const createdAt = this.#clock();
    const delivery = { hookId: hook.id, uuid, eventUuid, trigger, body, createdAt, nextAttemptAt: null };
    const attempt = await this.#attempt(hook, delivery, createdAt);
    const deliveredAt = attempt.error === undefined ? this.#clock() : null;
    return this.#store.insert(delivery, { attempt, attempts: 1, nextAttemptAt: null, deliveredAt });
  }

  /** Who asks is told that a secret cannot be opened in the same way as that nobody answers. */
  async #attempt(hook: Hook, delivery: NewDelivery, at: number): Promise<Attempt> {
    try {
      return await this.#sender.attempt(hook, delivery, at);
    } catch (error) {
      if (!isSealed(error)) throw error;
      return { url: hook.url, requestHeaders: {}, durationMs: 0, answer: undefined, error: error.message };
    }
  }
}
