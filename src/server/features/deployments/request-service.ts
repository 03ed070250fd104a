import { accessLevels } from '../../../contract/access-levels.ts';
import { type Status, statusTable } from '../../../contract/statuses.ts';
import type { Clock } from '../../clock.ts';
import { levelTooLow, notFound, ShiplogFault } from '../../errors.ts';
import type { AppendLane } from '../../log/append-lane.ts';
import type { AppendCommand } from '../../log/append-request.ts';
import type { RequestFacts } from '../../log/event.ts';
import { actorOf, type Principal } from '../../principal.ts';
import { requireLevel } from '../../require-level.ts';
import type { RequiredContextsService } from '../commit-statuses/required-contexts-service.ts';
import type { RefPolicyService } from '../environments/ref-policy-service.ts';
import type { Project } from '../projects/project-types.ts';
import { type CommandAuthor, commandOn } from './command-on.ts';
import { type DeployPolicy, flagsOf } from './deploy-policy.ts';
import type { DeploymentRecordStore } from './deployment-record-store.ts';
import type { DeploymentRecord } from './deployment-types.ts';
import { statusWhileHeld } from './held.ts';
import type { RequestStore } from './request-store.ts';
import {
  askedWord,
  type NewRequest,
  type NewStatus,
  type Page,
  type RequestedDeployment,
  type RequestFilter,
  type StatusRecord,
} from './request-types.ts';

interface RequestServiceParts {
  readonly lane: AppendLane;
  readonly records: DeploymentRecordStore;
  readonly requests: RequestStore;
  readonly policy: DeployPolicy;
  readonly refs: RefPolicyService;
  readonly contexts: RequiredContextsService;
  readonly clock: Clock;
  /** Whether a success makes earlier deployments of production inactive, too. */
  readonly inactivatesProduction: boolean;
}

/**
 * Deployments that somebody asks for and a tool carries out. The tool is told of the request, and tells of its progress by
 * statuses, in any order: the latest one counts.
 */
export class RequestService {
  readonly #parts: RequestServiceParts;

  constructor(parts: RequestServiceParts) {
    this.#parts = parts;
  }

  /**
   * Asks for a deployment. Where approvals are needed it waits for them, and the tool is told once they are there. Throws
   * `forbidden`, and `deployment_held` while the project is frozen, where the environment does not let the ref in, and, as
   * ContextsNotSuccessful, where checks did not succeed.
   */
  async create(principal: Principal, project: Project, asked: NewRequest): Promise<RequestedDeployment> {
    const { lane, policy, refs, contexts, clock } = this.#parts;
    requireLevel(principal, project, accessLevels.developer);
    const { environment, ref, sha, description, task, payload, transient, production } = asked;
    if (!(await refs.allows(project, environment, ref))) throw refRefused(ref, environment);
    await contexts.refuseUnlessSuccessful(project, asked, asked.requiredContexts);
    const { gate, missingApprovals } = await policy.obstacles(principal, project, environment, undefined);
    if (!gate.mayDeploy) throw levelTooLow();
    if (gate.frozen) throw frozen(gate.frozen);
    const command = commandOn(project, environment, {
      status: missingApprovals > 0 ? 'waiting' : 'pending',
      word: askedWord,
      dialect: 'github',
      happenedAt: clock(),
      by: principal,
      details: { ref, sha, description, actor: actorOf(principal) },
      extra: { request: { task, payload, transient, production } },
    });
    const { events } = await lane.append({ commands: [command] });
    return this.get(project, events[0]?.event.deploymentId ?? Number.NaN);
  }

  /** Throws `not_found`. */
  async get(project: Pick<Project, 'id'>, id: number): Promise<RequestedDeployment> {
    const record = await this.#recordOf(project, id);
    return withFacts(record, await this.#parts.requests.factsOf([id]));
  }

  /** The newest first. */
  async list(filter: RequestFilter): Promise<Page<RequestedDeployment>> {
    const { records, requests } = this.#parts;
    const { items: ids, ...page } = await requests.ids(filter);
    const facts = await requests.factsOf(ids);
    const found = new Map((await records.byIds(ids)).map((record) => [record.state.id, record]));
    const items = ids.flatMap((id) => found.get(id) ?? []).map((record) => withFacts(record, facts));
    return { items, ...page };
  }

  /**
   * Takes a deployment out of all lists. Throws `not_found`, `forbidden`, and `rule_refused` for one that is in use and not
   * the only one of its environment or its project.
   */
  async delete(principal: Principal, project: Project, id: number): Promise<void> {
    const { lane, requests, clock } = this.#parts;
    const { environment } = await this.#recordOf(project, id);
    requireLevel(principal, project, accessLevels.developer);
    const isOnly = await requests.isOnly(project.id, environment.id, id);
    const command = commandOn(project, environment.name, {
      status: 'inactive',
      word: statusTable.inactive.native,
      dialect: 'native',
      happenedAt: clock(),
      by: principal,
      deploymentId: id,
    });
    await lane.append({
      commands: [command],
      decide: ({ deployment }) => {
        if (!deployment || deployment.deleted) throw notFound('deployment');
        const { status, word } = deployment.latest;
        if (status === 'success' && !isOnly) throw inUse();
        return { ...command, status, word, act: 'delete' };
      },
    });
  }

  /**
   * Records that a deployment reached a status, whatever it was before; one that is held back goes on waiting until it
   * begins or ends. Where no environment is named, it is that of the status before. A success that asks for it makes earlier
   * ones of the environment inactive in the same moment. Throws `not_found` and `forbidden`.
   */
  async addStatus(principal: Principal, project: Project, id: number, told: NewStatus): Promise<StatusRecord> {
    const { lane, policy, requests, clock } = this.#parts;
    const before = await this.#recordOf(project, id);
    requireLevel(principal, project, accessLevels.developer);
    const { status, word, logUrl, description, environmentUrl } = told;
    const name = before.environment.name;
    const environment = told.environment ?? (await requests.statuses(id, 1, 0)).items[0]?.environment ?? null;
    const obstacles = await policy.obstacles(principal, project, name, before);
    const command = commandOn(project, name, {
      dialect: 'github',
      status,
      word,
      happenedAt: clock(),
      by: principal,
      deploymentId: id,
      flags: hasBegun(status) ? flagsOf(obstacles, before) : [],
      details: { ...before.state.latest.details, runUrl: logUrl },
      extra: { note: { description, environmentUrl, environment } },
    });
    const others =
      status === 'success' && told.autoInactive ? await this.#inactivations(project, before, principal) : [];
    const { events } = await lane.append({
      commands: [command, ...others],
      decide: ({ deployment }) => {
        if (!deployment || deployment.deleted) throw notFound('deployment');
        // Each status is later than the one before, although several may be told within a millisecond.
        const happenedAt = Math.max(command.happenedAt, deployment.latest.at + 1);
        return { ...command, status: statusWhileHeld(deployment, status), happenedAt };
      },
    });
    const made = await requests.status(id, events[0]?.event.position ?? Number.NaN);
    if (!made) throw notFound('deployment');
    return made;
  }

  /** The newest first. Throws `not_found`. */
  async statuses(
    project: Pick<Project, 'id'>,
    id: number,
    { limit, offset }: { readonly limit: number; readonly offset: number },
  ): Promise<Page<StatusRecord>> {
    await this.#recordOf(project, id);
    return this.#parts.requests.statuses(id, limit, offset);
  }

  /** Throws `not_found`, also for a status of another deployment. */
  async status(project: Pick<Project, 'id'>, id: number, statusId: number): Promise<StatusRecord> {
    await this.#recordOf(project, id);
    const found = Number.isSafeInteger(statusId) ? await this.#parts.requests.status(id, statusId) : undefined;
    if (!found) throw notFound('status');
    return found;
  }

  async #inactivations(
    project: Project,
    { environment, state }: DeploymentRecord,
    by: CommandAuthor,
  ): Promise<AppendCommand[]> {
    const { requests, clock, inactivatesProduction } = this.#parts;
    const superseded = await requests.supersededBy(environment.id, state.id, inactivatesProduction);
    return superseded.map(({ id, at, actor }) =>
      commandOn(project, environment.name, {
        by,
        dialect: 'github',
        status: 'inactive',
        word: statusTable.inactive.github,
        happenedAt: Math.max(clock(), at + 1),
        deploymentId: id,
        details: { actor },
      }),
    );
  }

  async #recordOf(project: Pick<Project, 'id'>, id: number): Promise<DeploymentRecord> {
    const record = Number.isSafeInteger(id) ? await this.#parts.records.byId(id) : undefined;
    if (record?.place.projectId !== project.id) throw notFound('deployment');
    return record;
  }
}

function withFacts(record: DeploymentRecord, facts: ReadonlyMap<number, RequestFacts>): RequestedDeployment {
  const production = record.place.tier === 'production';
  const untold = { task: 'deploy', payload: {}, transient: false, production };
  return { ...record, request: facts.get(record.state.id) ?? untold };
}

/** Whether a status says that the environment is changing or has changed. */
function hasBegun(status: Status): boolean {
  return statusTable[status].effect === 'changes';
}

function refRefused(ref: string, environment: string): ShiplogFault {
  return new ShiplogFault('deployment_held', `${ref} may not be deployed to ${environment}.`);
}

function frozen({
  start,
  end,
  timezone,
  until,
}: {
  readonly start: string;
  readonly end: string;
  readonly timezone: string;
  readonly until: number;
}): ShiplogFault {
  const over = new Date(until).toISOString();
  return new ShiplogFault(
    'deployment_held',
    `Frozen until ${over} by the freeze period "${start}" to "${end}" (${timezone})`,
  );
}

function inUse(): ShiplogFault {
  return new ShiplogFault('rule_refused', 'The deployment is in use, and not the only one of its environment.');
}
