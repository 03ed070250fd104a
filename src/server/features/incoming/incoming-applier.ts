import { createHash } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { ShiplogFault } from '../../errors.ts';
import { accessLevels, type Principal, projectPath } from '../../principal.ts';
import type { DeploymentService } from '../deployments/deployment-service.ts';
import type { IncomingDeliveryStore } from './incoming-delivery-store.ts';
import type { ClaimedDelivery, Interpreters, Settled, ToldFact } from './incoming-types.ts';

/** Told of what went wrong, for the log. */
export interface ApplyObserver {
  /** Nobody foresaw it: the delivery has failed. */
  failed(error: unknown, delivery: ClaimedDelivery): void;
  /** The database does not serve now; the next turn tries again. */
  putOff(error: unknown): void;
}

interface ApplierParts {
  readonly deliveries: IncomingDeliveryStore;
  readonly deployments: DeploymentService;
  readonly interpreters: Interpreters;
  readonly clock: Clock;
  readonly isUnavailable: (error: unknown) => boolean;
  readonly observer: ApplyObserver;
}

interface Outcome {
  readonly state: Settled;
  readonly reason: string | null;
}

const pollMs = 5000;
const atOnce = 20;
/** Longer than a lot of them takes. */
const claimMs = 60_000;
const restMs = 5000;

/**
 * Records what incoming webhooks say. One is:
 *   waiting  it was stored, or is replayed  -> applied, kept or failed, by a turn of any node
 *   applied  what it says is in the log; kept: it says nothing that is recorded; failed: it cannot be understood
 * A node that ends between recording and settling leaves it waiting: the next turn finds the idempotency key of what was
 * recorded, and records nothing twice.
 */
export class IncomingApplier {
  readonly #parts: ApplierParts;
  #turning: Promise<void> | undefined;
  #again = false;
  #poll: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(parts: ApplierParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#poll = setInterval(() => this.notice(), pollMs).unref();
  }

  /** Something was stored. */
  notice(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#turning ??= this.#turn();
  }

  /** Takes up all that waits and that no other node works on. */
  async runOnce(): Promise<void> {
    this.notice();
    await this.#turning;
  }

  /** Finishes the delivery that is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#poll);
    await this.#turning;
  }

  async #turn(): Promise<void> {
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        if (await this.#applySome()) this.#again = true;
      }
    } catch (error) {
      this.#parts.observer.putOff(error);
    } finally {
      this.#turning = undefined;
    }
  }

  /** Answers whether there may be more. */
  async #applySome(): Promise<boolean> {
    const { deliveries, clock } = this.#parts;
    const now = clock();
    if (!(await deliveries.hasDue(now))) return false;
    const claimed = await deliveries.claim(now, now + claimMs, atOnce);
    for (const delivery of claimed) {
      const outcome = this.#stopped ? undefined : await this.#apply(delivery);
      if (outcome) await deliveries.settle(delivery.id, outcome.state, outcome.reason, clock());
      else await deliveries.putOff(delivery.id, this.#stopped ? 0 : clock() + restMs);
    }
    return claimed.length > 0;
  }

  /** undefined where it must be tried again. */
  async #apply(delivery: ClaimedDelivery): Promise<Outcome | undefined> {
    const { interpreters, isUnavailable, observer } = this.#parts;
    try {
      const meaning = interpreters[delivery.source](delivery);
      if (meaning.kind === 'kept') return { state: 'kept', reason: null };
      if (meaning.kind === 'fact') await this.#record(delivery, meaning.fact);
      return { state: 'applied', reason: null };
    } catch (error) {
      if (error instanceof ShiplogFault && error.status < 500) return { state: 'failed', reason: reasonOf(error) };
      if (isUnavailable(error) || (error instanceof ShiplogFault && error.status === 503)) {
        observer.putOff(error);
        return undefined;
      }
      observer.failed(error, delivery);
      return { state: 'failed', reason: 'The server made a mistake. Its log has the details.' };
    }
  }

  async #record(delivery: ClaimedDelivery, fact: ToldFact): Promise<void> {
    const { namespace, service, projectId, source, event, body } = delivery;
    // Not the id: nothing signs that, so whoever saw one delivery could send what it says again.
    const content = createHash('sha256').update(`${source}\0${event}\0${body}`).digest('hex');
    await this.#parts.deployments.record(
      reporterFor(delivery),
      [{ ...fact, namespace, service, projectId }],
      { owner: `incoming:${projectId}`, key: content, bodyHash: content },
      () => '',
    );
  }
}

/** Who holds a secret of a project may report for that project, and do nothing else. */
function reporterFor({ projectId, namespace, service, source }: ClaimedDelivery): Principal {
  return {
    id: `incoming:${projectId}`,
    name: source,
    username: null,
    userId: null,
    scopes: ['record'],
    reach: { kind: 'project', namespace, service },
    memberships: [{ kind: 'project', path: projectPath({ namespace, service }), level: accessLevels.developer }],
    mustChangePassword: false,
    expiresAt: null,
  };
}

function reasonOf({ fields, message }: ShiplogFault): string {
  if (fields.length === 0) return message;
  return fields.map(({ pointer, message: text }) => `${pointer} ${text}`).join('; ');
}
