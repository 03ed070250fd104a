import type { Principal } from '../../principal.ts';
import type { ProjectService } from '../projects/project-service.ts';
import { type ConnectedProjectStore, standingOfProjects } from './connected-project-store.ts';
import type { PresenceService } from './presence-service.ts';
import type { TrackedEnvironment, TrackedLanes } from './presence-types.ts';
import { type RepositoryStanding, standingOf } from './repository-standing.ts';

/** How far an environment is behind the one before it. */
export interface Lag {
  readonly project: { readonly namespace: string; readonly service: string };
  readonly environment: TrackedEnvironment;
  readonly before: TrackedEnvironment;
  /** null: the commit that runs here is not known. */
  readonly commits: number | null;
  readonly changes: number | null;
}

export interface Lags {
  readonly items: readonly Lag[];
  readonly standing: RepositoryStanding;
}

export class BehindService {
  readonly #presence: PresenceService;
  readonly #projects: ProjectService;
  readonly #connected: ConnectedProjectStore;

  constructor(presence: PresenceService, projects: ProjectService, connected: ConnectedProjectStore) {
    this.#presence = presence;
    this.#projects = projects;
    this.#connected = connected;
  }

  /** Of all projects that a principal may read, or of one. Throws what `ProjectService.resolve` throws. */
  async list(principal: Principal, path: string | undefined): Promise<Lags> {
    if (path !== undefined) {
      const project = await this.#projects.resolve(principal, path);
      const lanes = (await this.#presence.lanes([project.id])).get(project.id);
      return { items: lanes ? lagsOf(project, lanes) : [], standing: standingOf(lanes?.repository.state) };
    }
    const connected = await this.#connected.visibleTo(principal);
    const lanes = await this.#presence.lanes(connected.map(({ id }) => id));
    const items = connected.flatMap((project) => {
      const known = lanes.get(project.id);
      return known ? lagsOf(project, known) : [];
    });
    return { items, standing: standingOfProjects(connected) };
  }
}

function lagsOf(project: Lag['project'], lanes: TrackedLanes): Lag[] {
  return lanes.environments.flatMap((environment): Lag[] => {
    const before = lanes.before(environment.id);
    const there = before?.current?.n ?? null;
    // Where nothing runs there is nothing that could be behind.
    if (!before || there === null || environment.current === null) return [];
    const here = environment.current.n;
    if (here === null) return [{ project, environment, before, commits: null, changes: null }];
    const commits = lanes.between(here, there).length;
    const changes = lanes.changesBetween(here, there).length;
    return [{ project, environment, before, commits, changes }];
  });
}
