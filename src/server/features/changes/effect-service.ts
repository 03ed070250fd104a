import type { HistoryService } from '../repositories/history-service.ts';
import { groupedBy } from './grouped.ts';
import type { PresenceService } from './presence-service.ts';
import type { TrackedLanes } from './presence-types.ts';
import type { ShipmentStore } from './shipment-store.ts';
import type { Shipment } from './shipment-types.ts';

/** What one has and another has not, by number. */
interface Difference {
  readonly commits: number;
  readonly changes: number;
}

/** What a deployment would do to its environment if it ran now. */
export interface Effect {
  /** What runs there; undefined: nothing. */
  readonly replaces: Shipment | undefined;
  /** What it has and that has not, and the other way round; undefined: nothing runs there, or a commit is not known. */
  readonly differs: { readonly brings: Difference; readonly takesOut: Difference } | undefined;
}

/**
 * What deployments would do, of many at once and by numbers alone: with a few queries for all of them, and without reading
 * what ever ran in their environments. Who may ask is for others to say.
 */
export class EffectService {
  readonly #shipments: ShipmentStore;
  readonly #presence: PresenceService;
  readonly #history: HistoryService;

  constructor(shipments: ShipmentStore, presence: PresenceService, history: HistoryService) {
    this.#shipments = shipments;
    this.#presence = presence;
    this.#history = history;
  }

  /** By deployment; those that are not there any more are left out. */
  async of(ids: readonly number[]): Promise<ReadonlyMap<number, Effect>> {
    const effects = new Map<number, Effect>();
    if (ids.length === 0) return effects;
    const asked = [...(await this.#shipments.byIds(ids)).values()];
    const projectIds = [...new Set(asked.map(({ place }) => place.projectId))];
    const running = await this.#shipments.liveIn(projectIds);
    const live = new Map(running.map((shipment) => [shipment.place.environmentId, shipment]));
    const lanes = await this.#presence.lanes(projectIds);
    const commits = await this.#commitsOf(asked, lanes);
    for (const shipment of asked) {
      const { projectId, environmentId } = shipment.place;
      const differs = differenceOf(lanes.get(projectId), environmentId, commits.get(shipment.id));
      effects.set(shipment.id, { replaces: live.get(environmentId), differs });
      // A page of them walks many graphs: other requests go on in between.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return effects;
  }

  /** By deployment, as far as they are known: asked for once for each repository. */
  async #commitsOf(
    asked: readonly Shipment[],
    lanes: ReadonlyMap<number, TrackedLanes>,
  ): Promise<ReadonlyMap<number, number>> {
    const commits = new Map<number, number>();
    const groups = groupedBy(asked, ({ place }) => lanes.get(place.projectId)?.repository.repositoryId);
    for (const [repositoryId, group] of groups) {
      if (repositoryId === undefined) continue;
      const ns = await this.#history.resolve(repositoryId, group);
      for (const [index, { id }] of group.entries()) {
        const n = ns[index] ?? null;
        if (n !== null) commits.set(id, n);
      }
    }
    return commits;
  }
}

function differenceOf(
  lanes: TrackedLanes | undefined,
  environmentId: number,
  n: number | undefined,
): Effect['differs'] {
  const now = lanes?.environments.find(({ id }) => id === environmentId)?.current?.n ?? null;
  if (!lanes || n === undefined || now === null) return undefined;
  const side = (from: number, to: number) => ({
    commits: lanes.between(from, to).length,
    changes: lanes.changesBetween(from, to).length,
  });
  return { brings: side(now, n), takesOut: side(n, now) };
}
