import type { GateAnswer, GateQuery } from '../contract/gates.ts';
import { queryText, type Requests } from './requests.ts';

/** Whether a deployment may begin. */
export class GatesClient {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  ask(query: GateQuery, signal?: AbortSignal): Promise<GateAnswer> {
    return this.#requests.send('GET', `/api/gate${queryText(query)}`, { signal });
  }
}
