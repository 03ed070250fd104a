import { accessLevels } from '../../../contract/access-levels.ts';
import { type Status, statusTable } from '../../../contract/statuses.ts';
import type { Clock } from '../../clock.ts';
import { forbidden, invalid, levelTooLow, notFound, ShiplogFault } from '../../errors.ts';
import type { AppendLane } from '../../log/append-lane.ts';
import type { AppendCommand, LaneNow, StoredDeployment } from '../../log/append-request.ts';
import type { Details, Dialect } from '../../log/event.ts';
import type { DeploymentState } from '../../log/fold-deployment.ts';
import type { Place } from '../../log/places.ts';
import { actorOf, type Principal } from '../../principal.ts';
import { requireLevel } from '../../require-level.ts';
import type { EnvironmentService } from '../environments/environment-service.ts';
import type { Project } from '../projects/project-types.ts';
import { type CommandAuthor, commandOn } from './command-on.ts';
import { type DeployPolicy, flagsOf } from './deploy-policy.ts';
import type { DeploymentRecordStore } from './deployment-record-store.ts';
import type { DeploymentRecord, RecordFilter, RecordPage } from './deployment-types.ts';
import { isSkewed, momentFault } from './moments.ts';
import { askedWord } from './request-types.ts';

/** What a deployment can be told to be. */
export const deployStatuses = ['running', 'success', 'failed', 'canceled'] as const;
export type DeployStatus = (typeof deployStatuses)[number];

/** What a tool asks to happen, or says has happened. */
export interface DeployRequest {
  readonly status: DeployStatus;
  /** The word of the dialect that it came by. */
  readonly word: string;
  readonly dialect: Dialect;
  /** When it happened at the tool, epoch milliseconds; undefined: now. */
  readonly happenedAt: number | undefined;
  readonly details: Partial<Details>;
  /** Deploys although the project is frozen, where the caller may decide that. */
  readonly overrideFreeze: boolean;
}

/** Deployments that tools make and move on by their id, one after the other through the rules of their environment. */
export class DeployService {
  readonly #lane: AppendLane;
  readonly #store: DeploymentRecordStore;
  readonly #policy: DeployPolicy;
  readonly #environments: EnvironmentService;
  readonly #clock: Clock;

  constructor(
    lane: AppendLane,
    store: DeploymentRecordStore,
    policy: DeployPolicy,
    environments: EnvironmentService,
    clock: Clock,
  ) {
    this.#lane = lane;
    this.#store = store;
    this.#policy = policy;
    this.#environments = environments;
    this.#clock = clock;
  }

  /**
   * Makes a deployment. One that asks to run where approvals are needed waits for them. A success that says what the last
   * success of the environment said is that one, told again. Throws `forbidden` and `validation_failed`.
   */
  async create(
    principal: Principal,
    project: Project,
    environment: string,
    request: DeployRequest,
  ): Promise<DeploymentRecord> {
    const { status } = request;
    requireLevel(principal, project, accessLevels.developer);
    const { happenedAt, clockSkew } = this.#moment(request);
    refuseUrl(request);
    const obstacles = await this.#policy.obstacles(principal, project, environment, undefined);
    if (obstacles.isNewEnvironment) this.#environments.refuseName(environment);
    if (!obstacles.gate.mayDeploy) throw levelTooLow();
    if (status === 'running') this.#policy.refuseFrozen(principal, project, obstacles.gate, request.overrideFreeze);
    const mustWait = status === 'running' && obstacles.missingApprovals > 0;
    const flags = mustWait ? [] : flagsOf(obstacles, undefined);
    const command = commandOn(project, environment, {
      status: mustWait ? 'waiting' : status,
      word: mustWait ? 'blocked' : request.word,
      dialect: request.dialect,
      happenedAt,
      clockSkew,
      by: principal,
      flags,
      details: { ...request.details, actor: actorOf(principal) },
    });
    let repeated: StoredDeployment | undefined;
    const { events, deployments } = await this.#lane.append({
      commands: [command],
      decide: ({ lastSuccess }) => {
        repeated = status === 'success' && lastSuccess && says(lastSuccess.state, command) ? lastSuccess : undefined;
        return repeated ? undefined : command;
      },
    });
    const [made] = events;
    const stored = made && deployments.get(made.event.deploymentId);
    const place = this.#lane.known(command.lane);
    // What was written is known here; only another change in the same moment makes it necessary to read it.
    if (stored && place && principal.username !== null) return recordOf(stored, place, principal);
    return this.get(project, repeated?.state.id ?? made?.event.deploymentId ?? Number.NaN);
  }

  /**
   * Moves a deployment on. To say again what it is changes nothing. Throws `not_found`, `forbidden`, and
   * `transition_refused` for one that is over and would run again.
   */
  async update(principal: Principal, project: Project, id: number, request: DeployRequest): Promise<DeploymentRecord> {
    const before = await this.get(project, id);
    requireLevel(principal, project, accessLevels.developer);
    const { happenedAt, clockSkew } = this.#moment(request);
    refuseUrl(request);
    const environment = before.environment.name;
    const obstacles = await this.#policy.obstacles(principal, project, environment, before);
    if (!obstacles.gate.mayDeploy) throw levelTooLow();
    const { status, word, dialect, details } = request;
    const said = { status, word, dialect, happenedAt, clockSkew, by: principal, deploymentId: id, details };
    const command = commandOn(project, environment, said);
    await this.#lane.append({
      commands: [command],
      decide: ({ deployment }) => {
        if (!deployment || deployment.deleted) throw notFound('deployment');
        if (wordFor(deployment.latest.status, request) === wordFor(command.status, request)) return undefined;
        if (command.status === 'running') {
          if (statusTable[deployment.latest.status].phase === 'finished') throw runsNoMore();
          this.#policy.refuseFrozen(principal, project, obstacles.gate, request.overrideFreeze);
          if (obstacles.missingApprovals > 0) throw waitsFor(obstacles.missingApprovals);
        }
        const flags = flagsOf(obstacles, before);
        // The clock of another node may be ahead of ours: what is told later has not happened earlier.
        const at = request.happenedAt ?? Math.max(happenedAt, deployment.latest.at);
        return startedAsBefore({ ...command, happenedAt: at, flags }, deployment);
      },
    });
    return this.get(project, id);
  }

  /** Takes a deployment out of all lists. Throws `not_found`, `forbidden`, and `rule_refused` while it is in use. */
  async delete(principal: Principal, project: Project, id: number): Promise<void> {
    const { environment } = await this.get(project, id);
    requireLevel(principal, project, accessLevels.maintainer);
    await this.#change(principal, project, environment.name, id, ({ deployment, lastSuccess }, command) => {
      if (!deployment || deployment.deleted) throw notFound('deployment');
      if (deployment.latest.status === 'running') throw inUse('Cannot destroy running deployment');
      if (lastSuccess?.state.id === id) throw inUse('Deployment currently deployed to environment');
      return { ...command, status: deployment.latest.status, word: deployment.latest.word, act: 'delete' };
    });
  }

  /**
   * Ends the waiting of a deployment, once it has been decided that it may run, or may not. Answers false where it does not
   * wait any more; then nothing happens.
   */
  async advance(id: number, status: 'running' | 'failed', by: CommandAuthor): Promise<boolean> {
    const record = await this.#store.byId(id);
    if (!record) return false;
    const { place, environment } = record;
    // What somebody asked a tool for does not run by being approved: now the tool may begin.
    const now = status === 'running' && (await this.#store.isAsked(id)) ? askedNow : {};
    const { events } = await this.#lane.append({
      commands: [
        commandOn({ ...place, id: place.projectId }, environment.name, {
          status,
          word: statusTable[status].native,
          dialect: 'native',
          happenedAt: this.#clock(),
          by,
          deploymentId: id,
        }),
      ],
      decide: ({ deployment }, command) => {
        if (deployment?.latest.status !== 'waiting' || deployment.deleted) return undefined;
        const happenedAt = Math.max(command.happenedAt, deployment.latest.at);
        return startedAsBefore({ ...command, ...now, happenedAt }, deployment);
      },
    });
    return events.length > 0;
  }

  /** Throws `not_found`. */
  async get(project: Pick<Project, 'id'>, id: number): Promise<DeploymentRecord> {
    const record = Number.isSafeInteger(id) ? await this.#store.byId(id) : undefined;
    if (record?.place.projectId !== project.id) throw notFound('deployment');
    return record;
  }

  list(filter: RecordFilter): Promise<RecordPage> {
    return this.#store.page(filter);
  }

  /** For each environment that has one, the deployment that succeeded last. */
  lastSuccesses(environmentIds: readonly number[]): Promise<Map<number, DeploymentRecord>> {
    return this.#store.lastSuccesses(environmentIds);
  }

  async #change(
    principal: Principal,
    project: Project,
    environment: string,
    deploymentId: number,
    decide: (lane: LaneNow, command: AppendCommand) => AppendCommand | undefined,
  ): Promise<void> {
    const command = commandOn(project, environment, {
      status: 'inactive',
      word: statusTable.inactive.native,
      dialect: 'native',
      happenedAt: this.#clock(),
      by: principal,
      deploymentId,
    });
    await this.#lane.append({ commands: [command], decide });
  }

  /** Throws `validation_failed` for a moment that cannot be. */
  #moment({ happenedAt }: DeployRequest) {
    const now = this.#clock();
    const message = happenedAt === undefined ? undefined : momentFault(happenedAt, now);
    if (message !== undefined) throw invalid([{ pointer: '/happened_at', message }]);
    const at = happenedAt ?? now;
    return { happenedAt: at, clockSkew: isSkewed(at, now) };
  }
}

/** Who moves a deployment on need not be who started it. */
function startedAsBefore(command: AppendCommand, { latest }: DeploymentState): AppendCommand {
  return { ...command, details: { ...command.details, actor: latest.details.actor } };
}

const askedNow = { status: 'pending', word: askedWord, dialect: 'github' } as const;

/** Whether a success says of itself what a command says. */
function says({ latest }: DeploymentState, { details }: AppendCommand): boolean {
  const told = latest.details;
  return told.ref === details.ref && told.sha === details.sha && told.tag === details.tag;
}

/** The word that the caller's dialect has for a status: two statuses with one word are the same to it. */
function wordFor(status: Status, { dialect }: DeployRequest): string {
  return statusTable[status][dialect];
}

function recordOf(
  { state, iid }: StoredDeployment,
  place: Place,
  { userId, username, name }: Principal,
): DeploymentRecord {
  const user = userId === null || username === null ? null : { id: userId, username, name: name ?? username };
  return { state, iid, place, environment: place.shown, user: user && { ...user, state: 'active' } };
}

/** A link that people will follow leads to a web page, and to nothing else. */
function refuseUrl({ details: { runUrl } }: DeployRequest): void {
  if (!runUrl || (URL.canParse(runUrl) && /^https?:$/.test(new URL(runUrl).protocol))) return;
  throw invalid([{ pointer: '/run_url', message: 'must be an http or https URL' }]);
}

function runsNoMore(): ShiplogFault {
  return new ShiplogFault('transition_refused', 'A deployment that is over cannot run again.');
}

function waitsFor(approvals: number): ShiplogFault {
  return forbidden(`The deployment waits for ${approvals} more ${approvals === 1 ? 'approval' : 'approvals'}`);
}

function inUse(message: string): ShiplogFault {
  return new ShiplogFault('rule_refused', message);
}
