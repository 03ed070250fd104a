import type { FastifyRequest } from 'fastify';

/** GitHub Enterprise serves its API here, github.com at the root. */
export const mount = '/api/v3';

/** What links begin with, without a slash at their end. */
export interface Addresses {
  /** The API, as the caller reached it: with or without `/api/v3`. */
  readonly apiUrl: string;
  /** Where people reach the pages of this server. */
  readonly webUrl: string;
}

/** What is the API's at the root, where the page and the other dialects live too. */
const rootPaths = /^\/+((?:repos(?=\/)|(?:user|rate_limit|meta)(?=\?|$)).*)$/s;
const mountedPaths = /^\/+api\/v3\/+(.*)$/s;

/**
 * The one address of a path of the API, whichever way it was reached. Clients whose base address ends in a slash send
 * `//repos/...`: slashes are collapsed there, and nowhere else.
 */
export function rewriteMount(url: string): string {
  const rest = (mountedPaths.exec(url) ?? rootPaths.exec(url))?.[1];
  return rest === undefined ? url : `${mount}/${rest}`;
}

/** What links begin with for whoever sent a request. */
export function apiUrlOf({ originalUrl }: FastifyRequest, webUrl: string): string {
  return /^\/+api\/v3(?:[/?]|$)/.test(originalUrl) ? webUrl + mount : webUrl;
}
