import { lineageLimits } from '../../../contract/lineage.ts';
import { notFound } from '../../errors.ts';
import type { Principal } from '../../principal.ts';
import type { ProjectService } from '../projects/project-service.ts';
import type { Project } from '../projects/project-types.ts';
import type { LineageStore } from './lineage-store.ts';
import { LineageTrace } from './lineage-trace.ts';
import type { LineageGraph, LineageRecord } from './lineage-types.ts';

export interface ProjectLineage {
  readonly project: Project;
  readonly graph: LineageGraph;
  /** The promotion after which there are earlier ones; undefined: there are none. */
  readonly next: number | undefined;
}

/** What was promoted from what, among all that the caller may see. */
export class LineageService {
  readonly #store: LineageStore;
  readonly #projects: ProjectService;

  constructor(store: LineageStore, projects: ProjectService) {
    this.#store = store;
    this.#projects = projects;
  }

  /** Throws `not_found`, also for what the principal may not see. */
  async ofDeployment(principal: Principal, id: number): Promise<LineageGraph> {
    const seeds = await this.#store.byIds(principal, [id]);
    if (seeds.length === 0) throw notFound('deployment');
    return this.#follow(principal, seeds);
  }

  /** The latest promotions of a project with lower numbers than `before`. Throws what ProjectService.resolve does. */
  async ofProject(principal: Principal, path: string, before = Number.MAX_SAFE_INTEGER): Promise<ProjectLineage> {
    const project = await this.#projects.resolve(principal, path);
    const ids = await this.#store.promotions(project.id, before, lineageLimits.promotions + 1);
    const page = ids.slice(0, lineageLimits.promotions);
    const graph = await this.#follow(principal, await this.#store.byIds(principal, page));
    return {
      project,
      graph,
      next: ids.length > page.length ? page.at(-1) : undefined,
    };
  }

  #follow(principal: Principal, seeds: readonly LineageRecord[]): Promise<LineageGraph> {
    return new LineageTrace(this.#store, principal, lineageLimits).follow(seeds);
  }
}
