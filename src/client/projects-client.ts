import type { ProjectDetails, ProjectListQuery, ProjectPage, ProjectUpdate } from '../contract/projects.ts';
import { queryText, type Requests } from './requests.ts';

/** Projects of one server, as one caller sees them. A project is named by its path or number. */
export class ProjectsClient {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /** Those that the caller may read, by their paths. */
  list(query: ProjectListQuery = {}, signal?: AbortSignal): Promise<ProjectPage> {
    return this.#requests.send('GET', `/api/projects${queryText(query)}`, { signal });
  }

  one(project: string, signal?: AbortSignal): Promise<ProjectDetails> {
    return this.#requests.send('GET', `/api/project${queryText({ project })}`, { signal });
  }

  /** By its maintainers; its visibility by its owners. */
  change(project: string, change: ProjectUpdate): Promise<ProjectDetails> {
    return this.#requests.send('PATCH', `/api/project${queryText({ project })}`, { body: change });
  }

  /** By its owners. */
  remove(project: string): Promise<void> {
    return this.#requests.send('DELETE', `/api/project${queryText({ project })}`);
  }
}
