import type {
  EnvironmentListQuery,
  EnvironmentPage,
  EnvironmentRequest,
  EnvironmentUpdate,
  ProjectEnvironment,
} from '../contract/environments.ts';
import { queryText, type Requests } from './requests.ts';

/** The environments of projects, each of which is named by its path or number. */
export class EnvironmentsClient {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  list(query: EnvironmentListQuery, signal?: AbortSignal): Promise<EnvironmentPage> {
    return this.#requests.send('GET', `/api/project/environments${queryText(query)}`, { signal });
  }

  create(project: string, request: EnvironmentRequest): Promise<ProjectEnvironment> {
    return this.#requests.send('POST', `/api/project/environments${queryText({ project })}`, { body: request });
  }

  change(project: string, id: number, change: EnvironmentUpdate): Promise<ProjectEnvironment> {
    return this.#requests.send('PATCH', `/api/project/environments/${id}${queryText({ project })}`, { body: change });
  }

  /** Until a deployment succeeds there again. */
  stop(project: string, id: number): Promise<ProjectEnvironment> {
    return this.#requests.send('POST', `/api/project/environments/${id}/stop${queryText({ project })}`);
  }

  /** Only one that is stopped. */
  remove(project: string, id: number): Promise<void> {
    return this.#requests.send('DELETE', `/api/project/environments/${id}${queryText({ project })}`);
  }
}
