import type { Session, SignIn } from '../../src/contract/access.ts';
import { ask } from './ask.ts';
import type { TestServer } from './server.ts';

let signIns = 0;

/**
 * What a browser of Shiplog's own page sends with each request. Each sign-in comes from another address where the server
 * trusts a proxy, so that the limit of sign-ins does not meet the tests of other things.
 */
export async function signIn(server: TestServer, credentials: SignIn, headers: Readonly<Record<string, string>> = {}) {
  signIns += 1;
  const answer = await ask<Session>(server, 'POST /api/session', {
    token: null,
    body: credentials,
    headers: { 'x-forwarded-for': `10.0.${signIns >> 8}.${signIns & 255}`, ...headers },
  });
  const setCookie = answer.headers.get('set-cookie') ?? '';
  const [cookie = ''] = setCookie.split(';');
  return { ...answer, setCookie, page: { token: null, headers: { cookie, 'sec-fetch-site': 'same-origin' } } as const };
}
