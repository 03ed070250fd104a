import type { Profile, ProfileChange, SessionList } from '../contract/profile.ts';
import type { Requests } from './requests.ts';

/** What the caller sees and changes of itself. */
export class ProfileClient {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  get(signal?: AbortSignal): Promise<Profile> {
    return this.#requests.send('GET', '/api/profile', { signal });
  }

  change(change: ProfileChange): Promise<Profile> {
    return this.#requests.send('PATCH', '/api/profile', { body: change });
  }

  /** Where the caller is signed in, the latest first. */
  sessions(signal?: AbortSignal): Promise<SessionList> {
    return this.#requests.send('GET', '/api/sessions', { signal });
  }

  endSession(id: string): Promise<void> {
    return this.#requests.send('DELETE', `/api/sessions/${id}`);
  }
}
