import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { NewDelivery } from './delivery-log-store.ts';
import type { DeliveryQueueStore } from './delivery-queue-store.ts';
import { type DeliverySender, isSealed } from './delivery-sender.ts';
import type { Attempt, Delivery, Hook, Message } from './webhook-types.ts';

type Outgoing = Pick<NewDelivery, 'uuid' | 'eventUuid' | 'trigger' | 'body' | 'redelivery'>;

/** Deliveries that somebody asks for: now, once, by this node, or in line with what else the hook is told. */
export class HandDelivery {
  readonly #queue: DeliveryQueueStore;
  readonly #sender: DeliverySender;
  readonly #clock: Clock;

  constructor(queue: DeliveryQueueStore, sender: DeliverySender, clock: Clock) {
    this.#queue = queue;
    this.#sender = sender;
    this.#clock = clock;
  }

  /** Answers how it went. */
  send(hook: Hook, message: Message): Promise<Delivery> {
    return this.#sendNow(hook, newly(message));
  }

  /** Under its uuid. Where that succeeds, nothing more waits to be sent under it. */
  sendAgain(hook: Hook, before: Delivery): Promise<Delivery> {
    return this.#sendNow(hook, { ...before, redelivery: true });
  }

  queue(hook: Hook, message: Message): Promise<void> {
    return this.#queue.enqueue(this.#inLine(hook, newly(message)));
  }

  /** Under its uuid: in its place where it still waits, so that the order of what is told of a deployment stays. */
  queueAgain(hook: Hook, before: Delivery): Promise<void> {
    return this.#queue.enqueueAgain(this.#inLine(hook, { ...before, redelivery: true }), this.#clock());
  }

  #inLine(hook: Hook, outgoing: Outgoing): NewDelivery {
    const now = this.#clock();
    return { ...aboutOf(hook, outgoing), createdAt: now, nextAttemptAt: now };
  }

  async #sendNow(hook: Hook, outgoing: Outgoing): Promise<Delivery> {
    const createdAt = this.#clock();
    const delivery = { ...aboutOf(hook, outgoing), createdAt, nextAttemptAt: null };
    const attempt = await this.#attempt(hook, delivery, createdAt);
    const deliveredAt = attempt.error === undefined ? this.#clock() : null;
    return this.#queue.insert(delivery, { attempt, attempts: 1, nextAttemptAt: null, deliveredAt });
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

function aboutOf({ id: hookId }: Hook, { uuid, eventUuid, trigger, body, redelivery }: Outgoing) {
  return { hookId, uuid, eventUuid, trigger, body, redelivery, deploymentId: null };
}
