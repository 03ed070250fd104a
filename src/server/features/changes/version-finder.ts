import type { HistoryService } from '../repositories/history-service.ts';
import type { CommitFinder } from './commit-finder.ts';
import type { CommitPlaces } from './commit-places.ts';
import { groupedBy } from './grouped.ts';
import { placesOfShipments } from './shipment-places.ts';
import { type ShipmentStore, spellings } from './shipment-store.ts';
import type { Shipment } from './shipment-types.ts';
import type { WhereStore } from './where-store.ts';
import type { Asker, Draft, PlaceFacts } from './where-types.ts';

interface VersionParts {
  readonly store: WhereStore;
  readonly history: HistoryService;
  readonly places: CommitPlaces;
  readonly shipments: ShipmentStore;
  readonly commits: CommitFinder;
}

/** Deployments that are looked at for a version. */
const mostShipments = 500;

/** Finds what deployments call a version, by project, and what tags of repositories do. */
export class VersionFinder {
  readonly #parts: VersionParts;

  constructor(parts: VersionParts) {
    this.#parts = parts;
  }

  async find(asker: Asker, version: string): Promise<Draft[]> {
    const shipments = await this.#parts.shipments.find(asker.principal, { version }, mostShipments);
    const groups = groupedBy(shipments, ({ place }) => place.projectId);
    const drafts: Draft[] = [];
    for (const [projectId, group] of [...groups].slice(0, asker.limit))
      drafts.push(await this.#deployed(asker, projectId, group));
    return [...drafts, ...(await this.#tagged(asker, version, new Set(groups.keys())))];
  }

  /** By the graph where the commit is known: what runs there may be later and contain it. */
  async #deployed({ views }: Asker, projectId: number, group: readonly Shipment[]): Promise<Draft> {
    const { history, places, shipments } = this.#parts;
    const view = await views.of(projectId);
    const repositoryId = view?.tracked?.repository.repositoryId;
    const ns = repositoryId === undefined ? [] : await history.resolve(repositoryId, group);
    const n = ns.find((known) => known !== null) ?? null;
    const byGraph: readonly PlaceFacts[] = view && n !== null ? await places.of(view, n) : [];
    const tracked = new Set(byGraph.map(({ environment }) => environment.name));
    const others = placesOfShipments(group, await shipments.liveIn([projectId]), 'replaced');
    const [first] = group;
    return {
      kind: 'version',
      label: first?.version ?? '',
      title: null,
      project: first?.place,
      number: null,
      sha: first?.sha ?? null,
      author: null,
      webUrl: null,
      places: [...byGraph, ...others.filter(({ environment }) => !tracked.has(environment.name))],
    };
  }

  /** Of projects whose deployments do not say the version. */
  async #tagged(asker: Asker, version: string, shown: ReadonlySet<number>): Promise<Draft[]> {
    const found = await this.#parts.store.tagged(asker.principal, spellings(version), asker.limit);
    const drafts: Draft[] = [];
    for (const { tag, ...commit } of found) {
      const draft = await this.#parts.commits.commit(asker, commit);
      const places = draft?.places.filter(({ project }) => !shown.has(project.id)) ?? [];
      if (draft && places.length > 0) drafts.push({ ...draft, kind: 'version', label: tag, places });
    }
    return drafts;
  }
}
