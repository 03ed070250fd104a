import type { Token, TokenList, TokenPlaceQuery, TokenQuery, TokenRequest, TokenRotation } from '../contract/access.ts';
import { queryText, type Requests } from './requests.ts';

/** Tokens of the caller, and of the projects and groups that the caller maintains. */
export class TokensClient {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /** Newest first, page by page. */
  list(query: TokenQuery, signal?: AbortSignal): Promise<TokenList> {
    return this.#requests.send('GET', `/api/tokens${queryText(query)}`, { signal });
  }

  /** The answer holds the secret, which is told this once; so it does below. */
  create(request: TokenRequest): Promise<Token> {
    return this.#requests.send('POST', '/api/tokens', { body: request });
  }

  /** The old secret ends at once. */
  rotate(place: TokenPlaceQuery, id: number, rotation: TokenRotation): Promise<Token> {
    return this.#requests.send('POST', `/api/tokens/${id}/rotate${queryText(place)}`, { body: rotation });
  }

  revoke(place: TokenPlaceQuery, id: number): Promise<void> {
    return this.#requests.send('DELETE', `/api/tokens/${id}${queryText(place)}`);
  }
}
