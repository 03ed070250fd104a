import { compareEnvironments } from '../../../contract/tiers.ts';
import type { HistoryService } from '../repositories/history-service.ts';
import type { Commits, History } from '../repositories/history-types.ts';
import type { ProjectRepository } from '../repositories/repository-types.ts';
import { type ContentsFacts, contentsOf, unknownContents } from './contents.ts';
import type { Landings } from './landings.ts';
import type { LandingsService } from './landings-service.ts';
import { type LaneFacts, Lanes } from './lanes.ts';
import type { PresenceStore, StandingEnvironment } from './presence-store.ts';
import type {
  DeploymentContents,
  DeploymentSubject,
  Success,
  TrackedEnvironment,
  TrackedLanes,
  TrackedProject,
} from './presence-types.ts';
import { Reaches } from './reaches.ts';
import type { SuccessStore } from './success-store.ts';
import { isTracked } from './tracked.ts';

interface PresenceParts {
  /** The repositories of projects, of those that have one. */
  readonly repositoriesOf: (projectIds: readonly number[]) => Promise<readonly ProjectRepository[]>;
  readonly history: HistoryService;
  readonly landings: LandingsService;
  readonly store: PresenceStore;
  readonly successes: SuccessStore;
}

interface Ever {
  readonly print: string;
  readonly commits: Commits;
}

/** Environments of which it is remembered what was ever there: a bit for each commit. */
const heldEnvironments = 1000;

/** What is where: answered by the graph from the commits that run, whatever links say. Who may ask is for others to say. */
export class PresenceService {
  readonly #parts: PresenceParts;
  readonly #reaches = new Reaches();
  readonly #ever = new Map<number, Ever>();

  constructor(parts: PresenceParts) {
    this.#parts = parts;
  }

  /** undefined: the project has no repository. */
  async tracked(projectId: number): Promise<TrackedProject | undefined> {
    const [facts] = await this.#read([projectId]);
    if (!facts) return undefined;
    const ever = new Map<number, Commits>();
    for (const environment of facts.standing) ever.set(environment.id, await this.#everIn(environment, facts.lanes));
    return new Lanes({ ...facts.lanes, ever });
  }

  /** How far environments are apart, of many projects at once; those without a repository are left out. */
  async lanes(projectIds: readonly number[]): Promise<ReadonlyMap<number, TrackedLanes>> {
    const facts = await this.#read(projectIds);
    return new Map(facts.map(({ lanes }) => [lanes.repository.projectId, new Lanes(lanes)]));
  }

  /** What a deployment changed, or would change, in its environment. Unknown where the project has no repository. */
  async contentsOf({ id, projectId, environmentId }: DeploymentSubject): Promise<DeploymentContents> {
    const [facts] = await this.#read([projectId]);
    const isThere = facts?.standing.some((environment) => environment.id === environmentId);
    if (!facts || !isThere) return unknownContents;
    const { lanes } = facts;
    const successes = await this.#parts.successes.of(projectId, environmentId);
    const ns = await this.#resolved(lanes, successes);
    const index = successes.findIndex(({ deploymentId }) => deploymentId === id);
    const n = index === -1 ? await this.#commitOf(lanes, id) : ns[index];
    if (n === null || n === undefined) return unknownContents;
    const known = successes.flatMap(({ deploymentId }, at) => pair(deploymentId, ns[at]));
    const earlier =
      index === -1
        ? known
        : known.slice(
            0,
            known.findIndex(({ deploymentId }) => deploymentId === id),
          );
    const ever = lanes.history.graph.reachOfAll(earlier.map((success) => success.n));
    const asked: ContentsFacts = { ...lanes, lanes: new Lanes(lanes), earlier, ever };
    return contentsOf(n, asked);
  }

  async #read(projectIds: readonly number[]): Promise<ReadFacts[]> {
    const { repositoriesOf, history, landings, store } = this.#parts;
    const repositories = await repositoriesOf(projectIds);
    if (repositories.length === 0) return [];
    const ids = repositories.map(({ projectId }) => projectId);
    const histories = await history.ofAll(repositories.map(({ repositoryId }) => repositoryId));
    const asked = repositories.flatMap((repository) => withHistory(repository, histories));
    const landingsOf = await landings.ofAll(asked);
    const all = byProject(await store.environments(ids));
    const standing = new Map(
      repositories.map(({ projectId, tracked }) => [projectId, shown(tracked, all.get(projectId))]),
    );
    const commitOf = await this.#running(repositories, standing);
    const read = asked.map(async ({ repository, history: known }) => {
      const landed = landingsOf.get(repository.projectId);
      const own = standing.get(repository.projectId) ?? [];
      return landed ? [await this.#facts(repository, known, landed, own, commitOf)] : [];
    });
    return (await Promise.all(read)).flat();
  }

  /** The commits of the deployments that run, by deployment: asked for once for each repository, which many projects may share. */
  async #running(
    repositories: readonly ProjectRepository[],
    standing: ReadonlyMap<number, readonly StandingEnvironment[]>,
  ): Promise<ReadonlyMap<number, number | null>> {
    const commitOf = new Map<number, number | null>();
    for (const repositoryId of new Set(repositories.map((repository) => repository.repositoryId))) {
      const sharing = repositories.filter((repository) => repository.repositoryId === repositoryId);
      const environments = sharing.flatMap(({ projectId }) => standing.get(projectId) ?? []);
      const running = environments.flatMap((environment) => environment.running ?? []);
      const ns = await this.#resolved({ repository: { repositoryId } }, running);
      for (const [index, { deploymentId }] of running.entries()) commitOf.set(deploymentId, ns[index] ?? null);
    }
    return commitOf;
  }

  async #facts(
    repository: ProjectRepository,
    history: History,
    landings: Landings,
    standing: readonly StandingEnvironment[],
    commitOf: ReadonlyMap<number, number | null>,
  ): Promise<ReadFacts> {
    const { repositoryId, path } = repository;
    const touching = path === '' ? undefined : await this.#parts.history.touching(repositoryId, path);
    const environments = standing.map((environment) => shownEnvironment(environment, commitOf));
    const reach = (n: number) => this.#reaches.of(history, n);
    return { lanes: { repository, history, landings, touching, environments, reach, ever: new Map() }, standing };
  }

  #resolved(
    { repository }: { readonly repository: Pick<ProjectRepository, 'repositoryId'> },
    successes: readonly Success[],
  ): Promise<readonly (number | null)[]> {
    return this.#parts.history.resolve(
      repository.repositoryId,
      successes.map(({ revision }) => revision),
    );
  }

  /** Of a deployment that has not succeeded. */
  async #commitOf({ repository }: LaneFacts, deploymentId: number): Promise<number | null> {
    const revision = await this.#parts.successes.revision(deploymentId);
    const [n = null] = revision ? await this.#parts.history.resolve(repository.repositoryId, [revision]) : [];
    return n;
  }

  /** All that the successful deployments of an environment ever contained. */
  async #everIn({ id, projectId, version }: StandingEnvironment, lanes: LaneFacts): Promise<Commits> {
    const { history, repository } = lanes;
    const print = `${version} ${repository.repositoryId} ${history.version}`;
    const held = this.#ever.get(id);
    if (held?.print === print) return held.commits;
    const ns = await this.#resolved(lanes, await this.#parts.successes.of(projectId, id));
    const commits = history.graph.reachOfAll(ns.filter((n) => n !== null));
    this.#ever.delete(id);
    this.#ever.set(id, { print, commits });
    const [oldest] = this.#ever.keys();
    if (this.#ever.size > heldEnvironments && oldest !== undefined) this.#ever.delete(oldest);
    return commits;
  }
}

interface ReadFacts {
  readonly lanes: LaneFacts;
  readonly standing: readonly StandingEnvironment[];
}

/** Those that take part, in the order of the matrix's columns. */
function shown(
  tracked: ProjectRepository['tracked'],
  environments: readonly StandingEnvironment[] = [],
): readonly StandingEnvironment[] {
  return environments.filter((environment) => isTracked(tracked, environment)).toSorted(compareEnvironments);
}

function shownEnvironment(
  { id, name, tier, running, unknown }: StandingEnvironment,
  commitOf: ReadonlyMap<number, number | null>,
): TrackedEnvironment {
  if (!running) return { id, name, tier, current: null, unknown };
  const { deploymentId, iid, at } = running;
  return { id, name, tier, current: { deploymentId, iid, n: commitOf.get(deploymentId) ?? null, at }, unknown };
}

function byProject(environments: readonly StandingEnvironment[]): ReadonlyMap<number, StandingEnvironment[]> {
  const grouped = new Map<number, StandingEnvironment[]>();
  for (const environment of environments) {
    const group = grouped.get(environment.projectId) ?? [];
    group.push(environment);
    grouped.set(environment.projectId, group);
  }
  return grouped;
}

function withHistory(repository: ProjectRepository, histories: ReadonlyMap<number, History>) {
  const history = histories.get(repository.repositoryId);
  return history ? [{ repository, history }] : [];
}

function pair(deploymentId: number, n: number | null | undefined): { deploymentId: number; n: number }[] {
  return typeof n === 'number' ? [{ deploymentId, n }] : [];
}
