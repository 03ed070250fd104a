import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { notFound } from '../../errors.ts';
import type { Principal } from '../../principal.ts';
import { type DeliverySender, isSealed } from './delivery-sender.ts';
import type { DeliveryFilter, DeliverySlice, DeliveryStore, NewDelivery } from './delivery-store.ts';
import type { NoticeStore } from './notice-store.ts';
import type { HookedProject, WebhookService } from './webhook-service.ts';
import type { Attempt, Delivery, Hook, Message, SubjectUser } from './webhook-types.ts';

type Outgoing = Pick<NewDelivery, 'uuid' | 'eventUuid' | 'trigger' | 'body' | 'redelivery'>;

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

  /** As `list`, to be followed further back however many come meanwhile. */
  async slice(principal: Principal, project: HookedProject, hookId: number, slice: DeliverySlice) {
    const hook = await this.#webhooks.get(principal, project, hookId);
    return this.#store.slice(hook.id, slice);
  }

  /** Throws `not_found`. */
  async get(principal: Principal, project: HookedProject, hookId: number, id: number): Promise<Delivery> {
    const hook = await this.#webhooks.get(principal, project, hookId);
    const found = await this.#store.byId(hook.id, id);
    if (!found) throw notFound('delivery');
    return found;
  }

  /** The newest delivery of each of some hooks, which the caller has been shown. */
  latest(hooks: readonly Hook[]): Promise<Map<number, Delivery>> {
    return this.#store.latest(hooks.map(({ id }) => id));
  }

  /** Sends a sample now, once. Answers how that went. */
  async test(principal: Principal, project: HookedProject, hookId: number): Promise<Delivery> {
    const hook = await this.#webhooks.get(principal, project, hookId);
    return this.#sendNow(hook, await this.#sample(hook));
  }

  /** Sends what the hook's shape tries hooks with now, once. Answers how that went. */
  async ping(principal: Principal, project: HookedProject, hookId: number): Promise<Delivery> {
    const hook = await this.#webhooks.get(principal, project, hookId);
    return this.#sendNow(hook, await this.#pingOf(hook, userOf(principal)));
  }

  /** Sends a delivery again now, once, under its uuid. Where that succeeds, nothing more waits to be sent under it. */
  async resend(principal: Principal, project: HookedProject, hookId: number, id: number): Promise<Delivery> {
    const hook = await this.#webhooks.get(principal, project, hookId);
    const before = await this.get(principal, project, hookId, id);
    const sent = await this.#sendNow(hook, { ...before, redelivery: true });
    if (sent.deliveredAt !== null) await this.#store.endWaiting(hook.id, sent.uuid);
    return sent;
  }

  /** As `test`, in line with what else the hook is told: nobody waits for it. */
  async queueTest(principal: Principal, project: HookedProject, hookId: number): Promise<void> {
    const hook = await this.#webhooks.get(principal, project, hookId);
    await this.#queue(hook, await this.#sample(hook));
  }

  /** As `ping`, in line with what else the hook is told: nobody waits for it. */
  async queuePing(principal: Principal, project: HookedProject, hookId: number): Promise<void> {
    const hook = await this.#webhooks.get(principal, project, hookId);
    await this.#queue(hook, await this.#pingOf(hook, userOf(principal)));
  }

  /** As `resend`, in line with what else the hook is told: nobody waits for it. */
  async queueResend(principal: Principal, project: HookedProject, hookId: number, id: number): Promise<void> {
    const hook = await this.#webhooks.get(principal, project, hookId);
    await this.#queue(hook, { ...(await this.get(principal, project, hookId, id)), redelivery: true });
  }

  async #sample(hook: Hook): Promise<Outgoing> {
    const sample = await this.#notices.sample(hook.projectId, this.#clock());
    const message = sample && this.#sender.shapeOf(hook).message(sample.notice, sample.subject);
    if (!message) throw notFound('deployment');
    return newly(message);
  }

  async #pingOf(hook: Hook, user: SubjectUser | null): Promise<Outgoing> {
    const shape = this.#sender.shapeOf(hook);
    if (!shape.ping) return this.#sample(hook);
    const project = await this.#notices.project(hook.projectId);
    if (!project) throw notFound('Project');
    return newly(shape.ping(hook, project, user));
  }

  async #queue(hook: Hook, { uuid, eventUuid, trigger, body, redelivery }: Outgoing): Promise<void> {
    const now = this.#clock();
    const about = { hookId: hook.id, uuid, eventUuid, trigger, body, redelivery, deploymentId: null };
    await this.#store.enqueue({ ...about, createdAt: now, nextAttemptAt: now });
  }

  async #sendNow(hook: Hook, { uuid, eventUuid, trigger, body, redelivery }: Outgoing): Promise<Delivery> {
    const createdAt = this.#clock();
    const about = { hookId: hook.id, uuid, eventUuid, trigger, body, redelivery, deploymentId: null };
    const delivery = { ...about, createdAt, nextAttemptAt: null };
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

function newly(message: Message): Outgoing {
  return { ...message, uuid: randomUUID(), eventUuid: randomUUID(), redelivery: false };
}

function userOf({ userId: id, username, name }: Principal): SubjectUser | null {
  return id === null || username === null ? null : { id, username, name: name ?? username };
}
