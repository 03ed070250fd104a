import { notFound } from '../../errors.ts';
import type { Principal } from '../../principal.ts';
import type { DeliveryFilter, DeliveryLogStore, DeliverySlice } from './delivery-log-store.ts';
import type { HandDelivery } from './hand-delivery.ts';
import type { TrialMessages } from './trial-messages.ts';
import type { HookedProject, WebhookService } from './webhook-service.ts';
import type { Delivery, Hook, SubjectUser } from './webhook-types.ts';

/** What was delivered to a hook, and deliveries that somebody asks for. Each checks what WebhookService checks. */
export class DeliveryService {
  readonly #webhooks: WebhookService;
  readonly #log: DeliveryLogStore;
  readonly #trials: TrialMessages;
  readonly #byHand: HandDelivery;

  constructor(webhooks: WebhookService, log: DeliveryLogStore, trials: TrialMessages, byHand: HandDelivery) {
    this.#webhooks = webhooks;
    this.#log = log;
    this.#trials = trials;
    this.#byHand = byHand;
  }

  /** Newest first. */
  async list(principal: Principal, project: HookedProject, hookId: number, filter: DeliveryFilter) {
    const hook = await this.#webhooks.get(principal, project, hookId);
    return this.#log.page(hook.id, filter);
  }

  /** As `list`, to be followed further back however many come meanwhile. */
  async slice(principal: Principal, project: HookedProject, hookId: number, slice: DeliverySlice) {
    const hook = await this.#webhooks.get(principal, project, hookId);
    return this.#log.slice(hook.id, slice);
  }

  /** Throws `not_found`. */
  async get(principal: Principal, project: HookedProject, hookId: number, id: number): Promise<Delivery> {
    return this.#found(await this.#webhooks.get(principal, project, hookId), id);
  }

  /** The newest delivery of each of some hooks, which the caller has been shown. */
  latest(hooks: readonly Hook[]): Promise<Map<number, Delivery>> {
    return this.#log.latest(hooks.map(({ id }) => id));
  }

  /** Sends a sample now, once. Answers how that went. */
  async test(principal: Principal, project: HookedProject, hookId: number): Promise<Delivery> {
    const hook = await this.#webhooks.get(principal, project, hookId);
    return this.#byHand.send(hook, await this.#trials.sample(hook));
  }

  /** Sends what the hook's shape tries hooks with now, once. Answers how that went. */
  async ping(principal: Principal, project: HookedProject, hookId: number): Promise<Delivery> {
    const hook = await this.#webhooks.get(principal, project, hookId);
    return this.#byHand.send(hook, await this.#trials.ping(hook, userOf(principal)));
  }

  /** Sends a delivery again now, once, under its uuid. Where that succeeds, nothing more waits to be sent under it. */
  async resend(principal: Principal, project: HookedProject, hookId: number, id: number): Promise<Delivery> {
    const hook = await this.#webhooks.get(principal, project, hookId);
    return this.#byHand.sendAgain(hook, await this.#found(hook, id));
  }

  /** As `test`, in line with what else the hook is told: nobody waits for it. */
  async queueTest(principal: Principal, project: HookedProject, hookId: number): Promise<void> {
    const hook = await this.#webhooks.get(principal, project, hookId);
    await this.#byHand.queue(hook, await this.#trials.sample(hook));
  }

  /** As `ping`, in line with what else the hook is told: nobody waits for it. */
  async queuePing(principal: Principal, project: HookedProject, hookId: number): Promise<void> {
    const hook = await this.#webhooks.get(principal, project, hookId);
    await this.#byHand.queue(hook, await this.#trials.ping(hook, userOf(principal)));
  }

  /** As `resend`, in line with what else the hook is told: nobody waits for it. One that still waits keeps its place. */
  async queueResend(principal: Principal, project: HookedProject, hookId: number, id: number): Promise<void> {
    const hook = await this.#webhooks.get(principal, project, hookId);
    await this.#byHand.queueAgain(hook, await this.#found(hook, id));
  }

  async #found(hook: Hook, id: number): Promise<Delivery> {
    const found = await this.#log.byId(hook.id, id);
    if (!found) throw notFound('delivery');
    return found;
  }
}

function userOf({ userId: id, username, name }: Principal): SubjectUser | null {
  return id === null || username === null ? null : { id, username, name: name ?? username };
}
