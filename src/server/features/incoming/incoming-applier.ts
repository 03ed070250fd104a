import { accessLevels } from '../../../contract/access-levels.ts';
import { projectPath } from '../../../contract/project-path.ts';
import type { Clock } from '../../clock.ts';
import { ShiplogFault } from '../../errors.ts';
import { WorkerLoop } from '../../jobs/worker-loop.ts';
import type { Principal } from '../../principal.ts';
import type { ChangeService } from '../changes/change-service.ts';
import type { DeploymentService } from '../deployments/deployment-service.ts';
import type { ProjectService } from '../projects/project-service.ts';
import { contentOf } from './incoming-content.ts';
import type { IncomingDeliveryStore } from './incoming-delivery-store.ts';
import type { ClaimedDelivery, Interpreters, Meaning, Outcome, ToldFact } from './incoming-types.ts';

/** Told of what went wrong, for the log. */
export interface ApplyObserver {
  /** Nobody foresaw it: the delivery has failed. */
  failed(error: unknown, delivery: ClaimedDelivery): void;
  /** The database does not serve now; the next turn tries again. */
  putOff(error: unknown): void;
}

export interface IncomingApplierParts {
  readonly deliveries: IncomingDeliveryStore;
  readonly projects: Pick<ProjectService, 'byIds'>;
  readonly deployments: DeploymentService;
  readonly changes: Pick<ChangeService, 'tellAt'>;
  /** Has a project's repository fetched soon; answers whether it has one. */
  readonly fetch: (projectId: number) => Promise<boolean>;
  readonly interpreters: Interpreters;
  readonly clock: Clock;
  readonly isUnavailable: (error: unknown) => boolean;
  readonly observer: ApplyObserver;
}

const pollMs = 5000;
const atOnce = 20;
/** Longer than a lot of them takes. */
const claimMs = 60_000;
const restMs = 5000;

/**
 * Records what incoming webhooks say. One is:
 *   waiting  it was stored, or is replayed  -> applied, kept or failed, by a turn of any node
 *   applied  what it says is recorded; kept: it says nothing that is recorded; failed: it cannot be understood
 * A node that ends between recording and settling leaves it waiting: the next turn finds the idempotency key of what was
 * recorded, or a change that is as it says, and records nothing twice.
 */
export class IncomingApplier {
  readonly #parts: IncomingApplierParts;
  readonly #loop: WorkerLoop;

  constructor(parts: IncomingApplierParts) {
    this.#parts = parts;
    const failed = (error: unknown) => parts.observer.putOff(error);
    this.#loop = new WorkerLoop({ turn: () => this.#applySome(), failed, pollMs });
  }

  start(): void {
    this.#loop.start();
  }

  /** Something was stored. */
  notice(): void {
    this.#loop.notice();
  }

  /** Takes up all that waits and that no other node works on. */
  runOnce(): Promise<void> {
    return this.#loop.runOnce();
  }

  /** Finishes the delivery that is under way. */
  stop(): Promise<void> {
    return this.#loop.stop();
  }

  /** Answers whether there may be more. */
  async #applySome(): Promise<boolean> {
    const { deliveries, clock } = this.#parts;
    const now = clock();
    if (!(await deliveries.hasDue(now))) return false;
    const claimed = await deliveries.claim(now, now + claimMs, atOnce);
    for (const delivery of claimed) {
      const outcome = this.#loop.stopped ? undefined : await this.#apply(delivery);
      if (outcome) await deliveries.settle(delivery.id, outcome, clock());
      else await deliveries.putOff(delivery.id, this.#loop.stopped ? 0 : clock() + restMs);
    }
    return claimed.length > 0;
  }

  /** undefined where it must be tried again. */
  async #apply(delivery: ClaimedDelivery): Promise<Outcome | undefined> {
    const { interpreters, observer } = this.#parts;
    try {
      return await this.#carryOut(delivery, interpreters[delivery.source](delivery));
    } catch (error) {
      if (await this.#passes(error, delivery)) {
        observer.putOff(error);
        return undefined;
      }
      if (error instanceof ShiplogFault && error.status < 500) return failed(reasonOf(error));
      observer.failed(error, delivery);
      return failed('The server made a mistake. Its log has the details.');
    }
  }

  /** Whether a later turn may succeed: the database is away, or the project was renamed since the delivery was taken up. */
  async #passes(error: unknown, { projectId }: ClaimedDelivery): Promise<boolean> {
    const { isUnavailable, projects } = this.#parts;
    if (!(error instanceof ShiplogFault)) return isUnavailable(error);
    if (error.status === 503) return true;
    return error.subject === 'Project' && (await projects.byIds([projectId])).has(projectId);
  }

  async #carryOut(delivery: ClaimedDelivery, meaning: Meaning): Promise<Outcome> {
    switch (meaning.kind) {
      case 'fact':
        await this.#record(delivery, meaning.fact);
        return { ...applied, isRecorded: true };
      case 'change':
        await this.#parts.changes.tellAt(delivery.projectId, meaning.change, this.#parts.clock());
        return applied;
      case 'push':
        return (await this.#parts.fetch(delivery.projectId)) ? applied : keptAsItIs;
      case 'nothing':
        return applied;
      case 'kept':
        return keptAsItIs;
      default:
        return meaning satisfies never;
    }
  }

  async #record(delivery: ClaimedDelivery, fact: ToldFact): Promise<void> {
    const { deliveries, deployments } = this.#parts;
    const { namespace, service, projectId } = delivery;
    const content = contentOf(delivery);
    // Idempotency keys are forgotten sooner than deliveries, which may be replayed.
    if (await deliveries.isRecorded(projectId, content)) return;
    await deployments.record(
      reporterFor(delivery),
      [{ ...fact, namespace, service, projectId }],
      { owner: `incoming:${projectId}`, key: content, bodyHash: content },
      () => '',
    );
  }
}

const applied: Outcome = { state: 'applied', reason: null, isRecorded: false };
const keptAsItIs: Outcome = { state: 'kept', reason: null, isRecorded: false };

function failed(reason: string): Outcome {
  return { state: 'failed', reason, isRecorded: false };
}

/** Who holds a secret of a project may report for that project, and do nothing else. */
function reporterFor({ projectId, namespace, service, source }: ClaimedDelivery): Principal {
  return {
    id: `incoming:${projectId}`,
    name: `${source}-webhook`,
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
