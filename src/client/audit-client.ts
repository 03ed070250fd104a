import type { AuditPage, AuditQuery, GroupAuditQuery, ServerAuditQuery } from '../contract/audit.ts';
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

  /** Of one group itself, for its maintainers. */
  ofGroup(query: GroupAuditQuery, signal?: AbortSignal): Promise<AuditPage> {
    return this.#requests.send('GET', `/api/group/audit${queryText(query)}`, { signal });
  }

  /** Of all of the server, for administrators. */
  ofServer(query: ServerAuditQuery, signal?: AbortSignal): Promise<AuditPage> {
    return this.#requests.send('GET', `/api/audit${queryText(query)}`, { signal });
  }
}
