import type { HistoryService } from '../repositories/history-service.ts';
import type { CommitPlaces } from './commit-places.ts';
import { groupedBy } from './grouped.ts';
import type { ProjectView } from './project-views.ts';
import { placesOfShipments } from './shipment-places.ts';
import type { ShipmentStore } from './shipment-store.ts';
import type { FoundCommit, WhereStore } from './where-store.ts';
import type { Asker, Draft, PlaceFacts } from './where-types.ts';

/** Deployments that are looked at for a sha. */
const mostShipments = 500;
const shownDigits = 12;

/** Finds commits by the first digits of their sha: those of repositories, and those that only deployments name. */
export class CommitFinder {
  readonly #store: WhereStore;
  readonly #history: HistoryService;
  readonly #places: CommitPlaces;
  readonly #shipments: ShipmentStore;

  constructor(store: WhereStore, history: HistoryService, places: CommitPlaces, shipments: ShipmentStore) {
    this.#store = store;
    this.#history = history;
    this.#places = places;
    this.#shipments = shipments;
  }

  async find(asker: Asker, sha: string): Promise<Draft[]> {
    const drafts: Draft[] = [];
    for (const commit of await this.#store.commits(asker.principal, sha, asker.limit)) {
      const draft = await this.commit(asker, commit);
      if (draft) drafts.push(draft);
    }
    return [...drafts, ...(await this.#deployed(asker, sha, new Set(drafts.map((draft) => draft.sha ?? ''))))];
  }

  /** One of a repository; undefined: it is of no project that the asker may read. */
  async commit({ principal, views }: Asker, { repositoryId, n }: FoundCommit): Promise<Draft | undefined> {
    const [record] = await this.#history.commits(repositoryId, [n]);
    const found: ProjectView[] = [];
    const places: PlaceFacts[] = [];
    for (const projectId of await this.#store.projectsOf(principal, repositoryId)) {
      const view = await views.of(projectId);
      if (!view || !(await this.#isOf(view, n))) continue;
      found.push(view);
      places.push(...(await this.#places.of(view, n)));
    }
    const [only] = found;
    if (!record || !only) return undefined;
    return {
      kind: 'commit',
      label: record.sha.slice(0, shownDigits),
      title: record.subject,
      project: found.length === 1 ? only.project : undefined,
      number: null,
      sha: record.sha,
      author: record.author,
      webUrl: null,
      places,
    };
  }

  /** What does not touch a project's folder is not shown to those who read only that project. */
  async #isOf({ tracked }: ProjectView, n: number): Promise<boolean> {
    if (!tracked) return false;
    const { repositoryId, path } = tracked.repository;
    if (path === '' || tracked.changesAmong([n]).length > 0) return true;
    return (await this.#history.touching(repositoryId, path)).has(n);
  }

  /** What deployments name and no repository shows: more digits of the sha than were asked for may be the same commit. */
  async #deployed({ principal, limit }: Asker, sha: string, known: ReadonlySet<string>): Promise<Draft[]> {
    const shipments = await this.#shipments.find(principal, { sha }, mostShipments);
    const isKnown = (named: string) => [...known].some((whole) => whole.startsWith(named));
    const groups = [...groupedBy(shipments, (shipment) => shipment.sha?.toLowerCase() ?? '')];
    const unknown = groups.filter(([named]) => !isKnown(named)).slice(0, limit);
    const drafts: Draft[] = [];
    for (const [named, group] of unknown) {
      const live = await this.#shipments.liveIn([...new Set(group.map(({ place }) => place.projectId))]);
      drafts.push({
        kind: 'commit',
        label: named.slice(0, shownDigits),
        title: null,
        project: new Set(group.map(({ place }) => place.projectId)).size === 1 ? group[0]?.place : undefined,
        number: null,
        sha: named,
        author: null,
        webUrl: null,
        places: placesOfShipments(group, live, 'unknown'),
      });
    }
    return drafts;
  }
}
