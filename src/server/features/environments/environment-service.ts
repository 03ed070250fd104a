import { accessLevels } from '../../../contract/access-levels.ts';
import { guessTier } from '../../../contract/tiers.ts';
import type { Clock } from '../../clock.ts';
import type { LogSession } from '../../db/database.ts';
import { forbidden, invalid, notFound, ShiplogFault } from '../../errors.ts';
import { type AuditEntry, writeAudit } from '../../log/audit-log.ts';
import { environmentSlug } from '../../log/environment-slug.ts';
import type { Structure } from '../../log/structure.ts';
import { levelOn, type Principal } from '../../principal.ts';
import { requireLevel } from '../../require-level.ts';
import type { GateService } from '../gates/gate-service.ts';
import type { Project } from '../projects/project-types.ts';
import { environmentFaults, nameFaults } from './environment-rules.ts';
import type { EnvironmentStore, EnvironmentValues } from './environment-store.ts';
import type { AutoStop, Environment, EnvironmentChange, EnvironmentFilter } from './environment-types.ts';

/** The environments of a project: readers see them, developers manage them, maintainers delete what is stopped. */
export class EnvironmentService {
  readonly #store: EnvironmentStore;
  readonly #structure: Structure;
  readonly #gates: Pick<GateService, 'mayDeploy'>;
  readonly #clock: Clock;
  readonly #onMove: (projectId: number) => Promise<void>;

  /** `onMove` sees to deployments that the protections of a tier held back until now. */
  constructor(
    store: EnvironmentStore,
    structure: Structure,
    gates: Pick<GateService, 'mayDeploy'>,
    clock: Clock,
    onMove: (projectId: number) => Promise<void>,
  ) {
    this.#store = store;
    this.#structure = structure;
    this.#gates = gates;
    this.#clock = clock;
    this.#onMove = onMove;
  }

  /** Oldest first. */
  list(
    project: Project,
    filter: EnvironmentFilter,
    page: { readonly limit: number; readonly offset: number },
  ): Promise<{ items: Environment[]; total: number }> {
    return this.#store.page(project.id, filter, page);
  }

  /** Throws `not_found`. */
  async get(project: Project, id: number): Promise<Environment> {
    const environment = await this.#store.byId(project.id, id);
    if (!environment) throw notFound('environment');
    return environment;
  }

  /** undefined where there is none of this name. */
  find(project: Project, name: string): Promise<Environment | undefined> {
    return this.#store.byName(project.id, name);
  }

  /**
   * What an environment is called here that a caller names in whatever case; the name itself where there is none, and no
   * protection waits for one.
   */
  async spelled(project: Pick<Project, 'id'>, name: string): Promise<string> {
    const known = await this.#store.spellings(project.id, name);
    return known.includes(name) ? name : (known[0] ?? name);
  }

  /** Throws `not_found`. */
  async named(project: Project, name: string): Promise<Environment> {
    const environment = await this.find(project, name);
    if (!environment) throw notFound('environment');
    return environment;
  }

  /** Throws `validation_failed` for what no environment can be called. */
  refuseName(name: string): void {
    const faults = nameFaults(name);
    if (faults.length > 0) throw invalid(faults);
  }

  /**
   * Its tier is guessed from its name where none is given. Throws `validation_failed`, and `forbidden` also where another
   * tier would evade a protection.
   */
  async create(principal: Principal, project: Project, name: string, change: EnvironmentChange): Promise<Environment> {
    requireLevel(principal, project, accessLevels.developer);
    const faults = [...nameFaults(name), ...environmentFaults({ ...bare, ...given(change) })];
    if (faults.length > 0) throw invalid(faults);
    const guessed = guessTier(name);
    if ((change.tier ?? guessed) !== guessed) await this.#refuseBarred(principal, project, { name, tier: guessed });
    const now = this.#clock();
    const values = {
      project_id: project.id,
      name,
      slug: environmentSlug(name),
      created_at: now,
      ...this.#values({ ...change, tier: change.tier ?? guessed }, now),
    } as Parameters<EnvironmentStore['insert']>[1]; // a tier is among the values
    const environment = await this.#structure.change(async (session) => {
      const made = await this.#store.insert(session, values);
      if (made) {
        const entry = this.#entry(principal, project, 'environment_created', { environment: name, tier: made.tier });
        await writeAudit(session.kysely, entry);
      }
      return made;
    });
    if (!environment) throw invalid([{ pointer: '/name', message: 'has already been taken' }]);
    return environment;
  }

  /** Throws `not_found`, `validation_failed`, and `forbidden` also where the caller may not deploy there, before or after. */
  async update(principal: Principal, project: Project, id: number, change: EnvironmentChange): Promise<Environment> {
    const before = await this.get(project, id);
    requireLevel(principal, project, accessLevels.developer);
    const faults = environmentFaults({ ...before, ...given(change) });
    if (faults.length > 0) throw invalid(faults);
    const tier = change.tier ?? before.tier;
    await this.#refuseBarred(principal, project, before);
    if (tier !== before.tier) await this.#refuseBarred(principal, project, { ...before, tier });
    const values = this.#values(change, this.#clock());
    const write = async (session: LogSession) => {
      // Another request may have moved it since.
      const current = await this.#store.byId(project.id, id, session.kysely);
      if (current?.tier !== before.tier)
        throw new ShiplogFault('conflict', 'It was changed at the same time. Try again.');
      await this.#store.update(session, id, values);
      const moved = tier === before.tier ? {} : { tier_before: before.tier, tier };
      const details = { environment: before.name, ...moved };
      await writeAudit(session.kysely, this.#entry(principal, project, 'environment_updated', details));
    };
    await this.#structure.change(write, { shown: tier !== before.tier });
    if (tier !== before.tier) await this.#onMove(project.id);
    return this.get(project, id);
  }

  /**
   * Until a deployment succeeds there again. To stop what is stopped changes nothing. Throws `not_found`, and `forbidden`
   * also where the caller may not deploy there.
   */
  async stop(principal: Principal, project: Project, id: number): Promise<Environment> {
    const environment = await this.get(project, id);
    requireLevel(principal, project, accessLevels.developer);
    await this.#refuseBarred(principal, project, environment);
    await this.#structure.change(async (session) => {
      for (const { name } of await this.#store.stop(session, [id], this.#clock())) {
        const entry = this.#entry(principal, project, 'environment_stopped', { environment: name });
        await writeAudit(session.kysely, entry);
      }
    });
    return this.get(project, id);
  }

  /** Throws `not_found`, and `forbidden` also where it is not stopped. */
  async delete(principal: Principal, project: Project, id: number): Promise<void> {
    const { name } = await this.get(project, id);
    requireLevel(principal, project, accessLevels.maintainer);
    await this.#structure.change(
      async (session) => {
        if (!(await this.#store.delete(session, id, this.#clock()))) throw inUse();
        const entry = this.#entry(principal, project, 'environment_deleted', { environment: name });
        await writeAudit(session.kysely, entry);
      },
      { shown: true },
    );
  }

  /** Whoever a protection keeps from deploying must not get round it. Maintainers decide about environments all the same. */
  async #refuseBarred(
    principal: Principal,
    project: Project,
    environment: Pick<Environment, 'name' | 'tier'>,
  ): Promise<void> {
    if (levelOn(principal, project) >= accessLevels.maintainer) return;
    if (await this.#gates.mayDeploy(principal, project, environment)) return;
    throw forbidden('A protection of this environment, or of its tier, does not let you deploy there.');
  }

  #entry(author: Principal, { id }: Project, action: AuditEntry['action'], details: AuditEntry['details']): AuditEntry {
    return { at: this.#clock(), author, projectId: id, groupId: null, action, details };
  }

  #values(change: EnvironmentChange, now: number): EnvironmentValues {
    const { autoStop } = change;
    return given({
      tier: change.tier,
      external_url: change.externalUrl,
      description: change.description,
      auto_stop_at: autoStop && momentOf(autoStop, now),
      auto_stop_setting: change.autoStopSetting,
      cluster_agent_id: change.clusterAgentId,
      kubernetes_namespace: change.kubernetesNamespace,
      flux_resource_path: change.fluxResourcePath,
      updated_at: now,
    });
  }
}

const bare = {
  externalUrl: null,
  description: null,
  clusterAgentId: null,
  kubernetesNamespace: null,
  fluxResourcePath: null,
} as const;

/** Without what was not given. */
function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const pairs = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(pairs) as { [K in keyof T]?: Exclude<T[K], undefined> }; // the same but for those
}

function momentOf(autoStop: AutoStop, now: number): number | null {
  return 'at' in autoStop ? autoStop.at : now + autoStop.inMs;
}

function inUse(): ShiplogFault {
  return new ShiplogFault('forbidden', 'Only an environment that is stopped can be deleted.', { subject: 'state' });
}
