import { type Answer, ask } from './ask.ts';
import type { TestServer } from './server.ts';

/** By its path below /api/v4. */
export type GitLabRequest = `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`;

/** One request of GitLab's API, with a JSON body where one is given, by the administrator where no token is. */
export function askGitLab<T>(
  server: Pick<TestServer, 'url' | 'adminToken'>,
  request: GitLabRequest,
  body?: unknown,
  token?: string,
): Promise<Answer<T>> {
  const [method = '', path = ''] = request.split(' ');
  return ask<T>(server, `${method as 'GET'} /api/v4${path as '/'}`, {
    ...(body === undefined ? {} : { body }),
    ...(token === undefined ? {} : { token }),
  });
}
