import type { AuditPage, AuditQuery } from '../contract/audit.ts';
import { queryText, type Requests } from './requests.ts';

/** The record of what people did. */
export class AuditClient {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /** Of one project, newest first, for its maintainers. */
  list(query: AuditQuery, signal?: AbortSignal): Promise<AuditPage> {
    return this.#requests.send('GET', `/api/project/audit${queryText(query)}`, { signal });
  }
}
