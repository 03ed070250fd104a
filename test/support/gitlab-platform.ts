import cookie from '@fastify/cookie';
import Fastify, { type InjectOptions } from 'fastify';
import type { Parameters } from '../../src/server/apis/gitlab/parameters.ts';
import { registerPlatform } from '../../src/server/apis/gitlab/platform.ts';
import { type GitLabRoute, route } from '../../src/server/apis/gitlab/route.ts';
import { type Authenticator, registerAuthentication } from '../../src/server/http/authentication.ts';
import type { TypedApp } from '../../src/server/http/typed-app.ts';
import { anonymous, type Principal } from '../../src/server/principal.ts';

const who = (username: string, scopes: Principal['scopes']): Principal => ({
  ...anonymous,
  id: `user:${username}`,
  username,
  scopes,
});
/** Who the tokens speak for. */
const people: Readonly<Record<string, Principal>> = {
  'api-token': who('ann', ['api']),
  'read-token': who('rita', ['read_api']),
  'admin-token': who('root', ['admin']),
};
const authenticator: Authenticator = {
  byToken: async (secret) => people[secret],
  bySession: async () => undefined,
  howEnded: async (secret) => ({ 'old-token': 'expired' as const, 'dead-token': 'revoked' as const })[secret],
};
const users = {
  principalNamed: async (name: string) => Object.values(people).find(({ username }) => username === name),
};

/** Answers what it read, so that a test sees what a request came to. */
export function echo<P extends Parameters>(url: string, parameters: P): GitLabRoute {
  return route({
    method: 'POST',
    url,
    access: 'write',
    status: 200,
    parameters,
    handler: async ({ values, path, principal }) => ({ values, path, who: principal.username }),
  });
}

export type SendOptions = Omit<InjectOptions, 'url'>;

/** The platform of the GitLab API alone, with these routes and no feature behind it. */
export async function startPlatform(routes: readonly GitLabRoute[]) {
  const options = { bodyLimit: 20_000, routerOptions: { maxParamLength: 512 } };
  const app = Fastify(options) as unknown as TypedApp; // without schemas, either is the other
  await app.register(cookie);
  registerAuthentication(app, authenticator, { publicRead: false });
  await app.register(
    async (scope: TypedApp) =>
      registerPlatform(scope, routes, {
        users,
        publicUrl: 'https://ship.example',
        publicRead: false,
        isUnavailable: () => false,
      }),
    { prefix: '/api/v4' },
  );
  await app.ready();

  /** With the token of ann, unless a header says otherwise. */
  async function send(request: `${string} /${string}`, { headers = {}, ...rest }: SendOptions = {}) {
    const [method = '', path = ''] = request.split(' ');
    const sent = Object.entries({ 'private-token': 'api-token', ...headers }).filter(
      ([, value]) => value !== undefined,
    );
    const answer = await app.inject({
      ...rest,
      method: method as 'GET', // one of those
      url: `/api/v4${path}`,
      headers: Object.fromEntries(sent),
    });
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: answer.body,
      json: answer.body === '' ? undefined : answer.json(),
    };
  }
  return { send, close: () => app.close() };
}

export const form = { 'content-type': 'application/x-www-form-urlencoded' };
