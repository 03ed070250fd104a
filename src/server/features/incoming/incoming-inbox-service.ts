import { accessLevels } from '../../../contract/access-levels.ts';
import { projectPath } from '../../../contract/project-path.ts';
import { notFound, ShiplogFault } from '../../errors.ts';
import type { Principal } from '../../principal.ts';
import type { ProjectService } from '../projects/project-service.ts';
import type { IncomingDeliveryStore } from './incoming-delivery-store.ts';
import type { Delivery, DeliveryFilter } from './incoming-types.ts';

type Listed<T> = T & {
  /** Path of the project. */
  readonly project: string;
};

export interface InboxPage {
  readonly items: readonly Listed<Omit<Delivery, 'headers' | 'body'>>[];
  /** What the next page comes before; undefined on the last. */
  readonly next: number | undefined;
}

/** What came in for a project and what became of it, for its maintainers. */
export class IncomingInboxService {
  readonly #projects: ProjectService;
  readonly #store: IncomingDeliveryStore;
  readonly #onRestart: () => void;

  constructor(projects: ProjectService, store: IncomingDeliveryStore, onRestart: () => void) {
    this.#projects = projects;
    this.#store = store;
    this.#onRestart = onRestart;
  }

  /** Newest first. Throws `forbidden`, and `not_found` for a project that the caller may not know of. */
  async page(principal: Principal, idOrPath: string, filter: DeliveryFilter): Promise<InboxPage> {
    const project = await this.#projects.resolve(principal, idOrPath, accessLevels.maintainer);
    const found = await this.#store.page(project.id, { ...filter, limit: filter.limit + 1 });
    const items = found.slice(0, filter.limit).map((item) => ({ ...item, project: projectPath(project) }));
    return { items, next: found.length > items.length ? items.at(-1)?.id : undefined };
  }

  /** Throws the same, and `not_found`. */
  async get(principal: Principal, id: number): Promise<Listed<Delivery>> {
    const delivery = await this.#store.byId(id);
    if (!delivery) throw noDelivery();
    const project = await this.#projects
      .resolve(principal, String(delivery.projectId), accessLevels.maintainer)
      .catch((error: unknown) => {
        // Whether there is one with this number is nobody's business who may not know of its project.
        throw error instanceof ShiplogFault && error.code === 'not_found' ? noDelivery() : error;
      });
    return { ...delivery, project: projectPath(project) };
  }

  /** Lets one be understood and recorded anew; what it has recorded before is not recorded twice. Throws what `get` throws. */
  async replay(principal: Principal, id: number): Promise<Listed<Delivery>> {
    await this.get(principal, id);
    await this.#store.restart(id);
    this.#onRestart();
    return this.get(principal, id);
  }
}

function noDelivery(): ShiplogFault {
  return notFound('incoming webhook');
}
