import type { HistoryService } from '../repositories/history-service.ts';
import type { History } from '../repositories/history-types.ts';
import type { ProjectRepository } from '../repositories/repository-types.ts';
import type { ChangeLink } from './change-types.ts';
import type { Landings } from './landings.ts';
import type { LandingsService } from './landings-service.ts';
import type { LinkedEnvironment, LinkStore } from './link-store.ts';
import type { Success } from './presence-types.ts';
import type { SuccessStore } from './success-store.ts';
import { isTracked } from './tracked.ts';

/** What linking an environment anew has shown. */
interface Relinked {
  /** Links that came, went, or are others. */
  readonly differing: number;
  /** Successful deployments whose commit is not known. */
  readonly unknown: number;
  /** When the server last heard of the newest of those; 0: there is none. */
  readonly unknownToldAt: number;
}

interface LinkerParts {
  readonly repositoryOf: (projectId: number) => Promise<ProjectRepository | undefined>;
  readonly history: HistoryService;
  readonly landings: LandingsService;
  readonly successes: SuccessStore;
  readonly links: LinkStore;
}

type KnownSuccess = Success & { readonly n: number };

const notLinked = { links: [], unknown: 0, unknownToldAt: 0 } as const;

/** Links the changes of an environment to the first successful deployments that contain them: as a whole, each time. */
export class Linker {
  readonly #parts: LinkerParts;

  constructor(parts: LinkerParts) {
    this.#parts = parts;
  }

  /** Makes the links what they ought to be, and writes what differs. */
  async relink(environment: LinkedEnvironment): Promise<Relinked> {
    const { links: wanted, ...found } = await this.#wanted(environment);
    const present = await this.#parts.links.of(environment.id);
    const wantedIds = new Set(wanted.map(({ changeId }) => changeId));
    const other = wanted.filter((link) => !isSame(present.get(link.changeId), link));
    const gone = [...present.keys()].filter((changeId) => !wantedIds.has(changeId));
    await this.#parts.links.replace(environment, [...gone, ...other.map(({ changeId }) => changeId)], other);
    return { ...found, differing: gone.length + other.length };
  }

  async #wanted(environment: LinkedEnvironment) {
    const { repositoryOf, history, landings, successes } = this.#parts;
    const { id, projectId } = environment;
    const repository = await repositoryOf(projectId);
    if (!repository || environment.isDeleted || !isTracked(repository.tracked, environment)) return notLinked;
    const known = await history.of(repository.repositoryId);
    const all = await successes.of(projectId, id);
    const ns = await history.resolve(
      repository.repositoryId,
      all.map(({ revision }) => revision),
    );
    const unknown = all.filter((_, index) => ns[index] === null);
    return {
      links: linksOf(
        all.flatMap((success, index) => withCommit(success, ns[index])),
        {
          graph: known.graph,
          landings: await landings.of(repository, known),
          environmentId: id,
          linksFirst: repository.linksFirst,
        },
      ),
      unknown: unknown.length,
      unknownToldAt: unknown.reduce((latest, { toldAt }) => Math.max(latest, toldAt), 0),
    };
  }
}

interface LinkFacts {
  readonly graph: History['graph'];
  readonly landings: Landings;
  readonly environmentId: number;
  readonly linksFirst: boolean;
}

/** Each change with the first deployment that contains it; those that the very first one contains were there before. */
function linksOf(
  successes: readonly KnownSuccess[],
  { graph, landings, environmentId, linksFirst }: LinkFacts,
): ChangeLink[] {
  const firsts = graph.firstContaining(successes.map(({ n }) => n));
  return [...landings.changeIds].flatMap((changeId): ChangeLink[] => {
    const contained = landings.of(changeId).filter(({ n }) => (firsts[n] ?? -1) >= 0);
    const index = contained.reduce((first, { n }) => Math.min(first, firsts[n] ?? first), Number.POSITIVE_INFINITY);
    const landing = contained.find(({ n }) => firsts[n] === index);
    const success = successes[index];
    if (!landing || !success || (index === 0 && !linksFirst)) return [];
    const { deploymentId, at: deployedAt } = success;
    return [{ changeId, environmentId, deploymentId, deployedAt, landed: landing.kind }];
  });
}

function withCommit(success: Success, n: number | null | undefined): KnownSuccess[] {
  return typeof n === 'number' ? [{ ...success, n }] : [];
}

function isSame(a: ChangeLink | undefined, b: ChangeLink): boolean {
  return a?.deploymentId === b.deploymentId && a.deployedAt === b.deployedAt && a.landed === b.landed;
}
