import { accessLevels } from '../../../contract/access-levels.ts';
import { beginsAttempt } from '../../../contract/attempts.ts';
import { statusTable } from '../../../contract/statuses.ts';
import { guessTier } from '../../../contract/tiers.ts';
import type { Clock } from '../../clock.ts';
import { forbidden } from '../../errors.ts';
import type { AppendLane } from '../../log/append-lane.ts';
import type { AppendCommand } from '../../log/append-request.ts';
import type { EventFlag } from '../../log/event.ts';
import { type Place, placeKey } from '../../log/places.ts';
import { levelOn, type Principal, type ProjectAccess } from '../../principal.ts';
import type { Gate, GateService } from '../gates/gate-service.ts';
import type { DeploymentRecordStore } from './deployment-record-store.ts';
import type { KnownPlace } from './deployment-store.ts';
import type { DeploymentRecord } from './deployment-types.ts';

const noFlags: readonly EventFlag[] = [];
/** Of an environment that is there, in a project that protects and freezes nothing. */
const none: Obstacles = {
  gate: {
    mayDeploy: true,
    approvals: { required: 0, rules: [], selfApproval: 'as-the-project-says', isProtected: false },
    frozen: undefined,
  },
  missingApprovals: 0,
  isNewEnvironment: false,
};

/** A project, as far as its gates are concerned. */
export type GatedProject = ProjectAccess & { readonly id: number };

/** How many approvals a deployment still waits for. */
export type PendingApprovals = (deployment: DeploymentRecord) => Promise<number>;

/** What stands between a deployment and its environment at this moment. */
export interface Obstacles {
  readonly gate: Gate;
  readonly missingApprovals: number;
  /** Nothing was ever deployed there. */
  readonly isNewEnvironment: boolean;
}

/**
 * What approvals and freezes mean for a deployment. What has not begun can be held back: it waits for approvals, and is
 * refused while the project is frozen. What has happened is recorded, and flagged, since the record must not lie.
 */
export class DeployPolicy {
  readonly #lane: AppendLane;
  readonly #store: DeploymentRecordStore;
  readonly #gates: GateService;
  readonly #pendingApprovals: PendingApprovals;
  readonly #clock: Clock;

  constructor(
    lane: AppendLane,
    store: DeploymentRecordStore,
    gates: GateService,
    pendingApprovals: PendingApprovals,
    clock: Clock,
  ) {
    this.#lane = lane;
    this.#store = store;
    this.#gates = gates;
    this.#pendingApprovals = pendingApprovals;
    this.#clock = clock;
  }

  /** For a deployment that is there already, or a new one. */
  async obstacles(
    principal: Principal,
    project: GatedProject,
    environment: string,
    deployment: DeploymentRecord | undefined,
  ): Promise<Obstacles> {
    const { namespace, service } = project;
    const place = this.#lane.known(placeKey({ namespace, service, environment }));
    if (place && !(await this.#gates.hasGates(project.id))) return none;
    const known = place?.tier ?? (await this.#store.environmentTier(project.id, environment));
    const tier = known ?? guessTier(environment);
    const gate = await this.#gates.gateFor(principal, project, { name: environment, tier }, this.#clock());
    const missingApprovals = deployment ? await this.#pendingApprovals(deployment) : gate.approvals.required;
    return { gate, missingApprovals, isNewEnvironment: known === undefined };
  }

  /** Throws `forbidden` where the project is frozen, naming the window; a maintainer who asks to override it may pass. */
  refuseFrozen(principal: Principal, project: GatedProject, { frozen }: Gate, override: boolean): void {
    if (!frozen || (override && this.#gates.mayOverrideFreeze(principal, project))) return;
    const { start, end, timezone, until } = frozen;
    const over = new Date(until).toISOString();
    throw forbidden(`Frozen until ${over} by the freeze period "${start}" to "${end}" (${timezone})`);
  }

  /** Whether a caller may report for a place without further ado: for most, nothing has to be looked up. */
  isOpen(principal: Principal, place: Place | undefined): boolean {
    if (!place || !this.#gates.isKnownOpen(place.projectId)) return false;
    return levelOn(principal, place) >= accessLevels.developer;
  }

  /** The flags of a report of another tool, which nobody asked whether it may deploy. */
  async flagsOfReport(
    principal: Principal,
    place: KnownPlace,
    { key, status, details }: Pick<AppendCommand, 'key' | 'status' | 'details'>,
  ): Promise<readonly EventFlag[]> {
    const { projectId: id, environmentId, environment } = place;
    if (statusTable[status].phase === 'open' || !(await this.#gates.hasGates(id))) return noFlags;
    const told = key === null || environmentId === null ? undefined : await this.#store.byKey(environmentId, key);
    // What begins anew under the same key needs approvals of its own.
    const going = told && !beginsAttempt(factsOf(told), { status, ...details }) ? told : undefined;
    return flagsOf(await this.obstacles(principal, { ...place, id }, environment, going), going);
  }
}

function factsOf({ state: { latest } }: DeploymentRecord) {
  return { status: latest.status, ...latest.details };
}

/** What is remarkable about recording that a deployment has begun or ended. What had begun before is what it was then. */
export function flagsOf({ gate, missingApprovals }: Obstacles, before: DeploymentRecord | undefined): EventFlag[] {
  const { startedAt = null, success = null } = before?.state ?? {};
  if (startedAt !== null || success !== null) return [];
  const isUnapproved = missingApprovals > 0 || !gate.mayDeploy;
  return [...(gate.frozen ? (['frozen'] as const) : []), ...(isUnapproved ? (['unapproved'] as const) : [])];
}
