import { ShiplogFault } from '../../errors.ts';
import type { Principal } from '../../principal.ts';
import type { ProjectService } from '../projects/project-service.ts';
import type { Project } from '../projects/project-types.ts';
import { referenceOf } from './change-reference.ts';
import type { Change } from './change-types.ts';
import type { PresenceService } from './presence-service.ts';
import type { TrackedProject } from './presence-types.ts';

/** A project with what is where in it; undefined: it has no repository. */
export interface ProjectView {
  readonly project: Project;
  readonly tracked: TrackedProject | undefined;
}

/** A change as people name it. */
export interface NamedChange {
  readonly change: Change;
  readonly project: Project;
  /** `!12` or `#12`. */
  readonly reference: string;
}

export function namedChange({ project, tracked }: ProjectView, change: Change): NamedChange {
  return { change, project, reference: referenceOf(change, tracked?.repository) };
}

/** The projects that one answer to a principal is made of, each looked up once. */
export class ProjectViews {
  readonly #principal: Principal;
  readonly #projects: ProjectService;
  readonly #presence: PresenceService;
  readonly #views = new Map<number, Promise<ProjectView | undefined>>();

  constructor(principal: Principal, projects: ProjectService, presence: PresenceService) {
    this.#principal = principal;
    this.#projects = projects;
    this.#presence = presence;
  }

  /** Throws `not_found` where the principal may not know of the project, and `forbidden` where it may not read it. */
  async named(idOrPath: string): Promise<ProjectView> {
    const project = await this.#projects.resolve(this.#principal, idOrPath);
    const view = { project, tracked: await this.#presence.tracked(project.id) };
    this.#views.set(project.id, Promise.resolve(view));
    return view;
  }

  /** undefined where the principal may not read it. */
  of(projectId: number): Promise<ProjectView | undefined> {
    const known = this.#views.get(projectId) ?? this.#find(projectId);
    this.#views.set(projectId, known);
    return known;
  }

  async #find(projectId: number): Promise<ProjectView | undefined> {
    try {
      return await this.named(String(projectId));
    } catch (error) {
      if (error instanceof ShiplogFault && ['not_found', 'forbidden'].includes(error.code)) return undefined;
      throw error;
    }
  }
}
