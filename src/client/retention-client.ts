import type { RetentionList, RetentionRequest } from '../contract/retention.ts';
import type { Requests } from './requests.ts';

/** How long things are kept, for administrators. */
export class RetentionClient {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  list(signal?: AbortSignal): Promise<RetentionList> {
    return this.#requests.send('GET', '/api/retention', { signal });
  }

  /** What is not named stays as it is. */
  change(days: RetentionRequest): Promise<RetentionList> {
    return this.#requests.send('PATCH', '/api/retention', { body: days });
  }
}
