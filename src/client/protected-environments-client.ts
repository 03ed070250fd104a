import type {
  ProtectedEnvironment,
  ProtectedEnvironmentPage,
  ProtectionOwnerQuery,
  ProtectionRequest,
  ProtectionUpdate,
} from '../contract/protected-environments.ts';
import { queryText, type Requests } from './requests.ts';

/** Who may deploy where, and who must approve it: of a project by environment, of a group by tier. */
export class ProtectedEnvironmentsClient {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  list(
    owner: ProtectionOwnerQuery,
    page: { readonly limit?: string; readonly cursor?: string } = {},
    signal?: AbortSignal,
  ): Promise<ProtectedEnvironmentPage> {
    return this.#requests.send('GET', `/api/protected-environments${queryText({ ...owner, ...page })}`, { signal });
  }

  one(owner: ProtectionOwnerQuery, name: string): Promise<ProtectedEnvironment> {
    return this.#requests.send('GET', placeOf(owner, name));
  }

  protect(owner: ProtectionOwnerQuery, body: ProtectionRequest): Promise<ProtectedEnvironment> {
    return this.#requests.send('POST', `/api/protected-environments${queryText(owner)}`, { body });
  }

  /** What is not said stays as it is. */
  change(owner: ProtectionOwnerQuery, name: string, body: ProtectionUpdate): Promise<ProtectedEnvironment> {
    return this.#requests.send('PATCH', placeOf(owner, name), { body });
  }

  unprotect(owner: ProtectionOwnerQuery, name: string): Promise<void> {
    return this.#requests.send('DELETE', placeOf(owner, name));
  }
}

function placeOf(owner: ProtectionOwnerQuery, name: string): string {
  return `/api/protected-environments/${encodeURIComponent(name)}${queryText(owner)}`;
}
