import type { DeploymentDetails, EarlierEvents } from '../contract/deployment-details.ts';
import type { DeploymentLineage, ProjectLineage, ProjectLineageQuery } from '../contract/lineage.ts';
import { queryText, type Requests } from './requests.ts';

/** Single deployments, by their numbers, and what was promoted from what. */
export class DeploymentsClient {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /** One deployment as it is now, with the events told of it last. */
  one(deployment: number, signal?: AbortSignal): Promise<DeploymentDetails> {
    return this.#requests.send('GET', `/api/deployments/by-number/${deployment}`, { signal });
  }

  /** What was told of it before the events that it came with. */
  earlierEvents(deployment: number, cursor: string, signal?: AbortSignal): Promise<EarlierEvents> {
    return this.#requests.send('GET', `/api/deployments/by-number/${deployment}/events${queryText({ cursor })}`, {
      signal,
    });
  }

  /** What a deployment was promoted from, and what was promoted from it. */
  lineage(deployment: number, signal?: AbortSignal): Promise<DeploymentLineage> {
    return this.#requests.send('GET', `/api/deployments/by-number/${deployment}/lineage`, { signal });
  }

  /** The latest promotions of a project. */
  projectLineage(query: ProjectLineageQuery, signal?: AbortSignal): Promise<ProjectLineage> {
    return this.#requests.send('GET', `/api/lineage${queryText(query)}`, { signal });
  }
}
