import { projectAt } from '../../../contract/project-path.ts';
import type { Clock } from '../../clock.ts';
import type { ProjectStore } from './project-store.ts';
import type { Project } from './project-types.ts';

/** How long a project is believed to be as it was: what another node changes takes effect here after this. */
const rememberMs = 3000;
const rememberLimit = 10_000;

/** Finds projects by id or path, in whatever case, and remembers them for a moment: nearly every request names one. */
export class RememberedProjects {
  readonly #store: ProjectStore;
  readonly #clock: Clock;
  #known = new Map<string, { readonly project: Project; readonly at: number }>();

  constructor(store: ProjectStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** undefined where there is none; that is not remembered, so a new one is found at once. */
  async find(idOrPath: string): Promise<Project | undefined> {
    const now = this.#clock();
    const known = this.#known;
    const found = known.get(idOrPath);
    // A clock that was set back must not prolong it.
    if (found && Math.abs(now - found.at) < rememberMs) return found.project;
    const project = await this.#read(idOrPath);
    if (known.size >= rememberLimit) known.clear();
    if (project) known.set(idOrPath, { project, at: now });
    else known.delete(idOrPath);
    return project;
  }

  /** Something about projects or groups changed on this node. */
  forget(): void {
    // A new map: what is being looked up at this moment is remembered in the old one.
    this.#known = new Map();
  }

  async #read(idOrPath: string): Promise<Project | undefined> {
    const byId = /^\d{1,15}$/.test(idOrPath) ? await this.#store.byId(Number(idOrPath)) : undefined;
    if (byId) return byId;
    const { namespace, service } = projectAt(idOrPath);
    return (await this.#store.byPath(namespace, service)) ?? this.#store.inAnyCase(namespace, service);
  }
}
