import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Scope } from '../../../contract/access.ts';
import type { Clock } from '../../clock.ts';
import { etagMatches } from '../../http/conditional.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { message } from './answers.ts';

/** The version of GitHub's API whose shapes these are; a client that asks for another would read them wrongly. */
const apiVersion = '2022-11-28';
const longestAccept = 1000;
const hourMs = 3_600_000;
/** What is told where nothing limits: reads are not counted, and writes only where a rate is set. */
export const unlimited = 1_000_000;

/** GitHub's words for what a token may do, which its command line checks. */
const scopeWords: Readonly<Record<Scope, readonly string[]>> = {
  admin: ['repo', 'admin:repo_hook', 'read:org', 'site_admin'],
  api: ['repo', 'admin:repo_hook', 'read:org'],
  read_api: ['read:org'],
  record: ['repo_deployment', 'repo:status'],
};

/** GitHub's headers on every answer, and 304 for what a client has already. */
export function registerAnswerHeaders(scope: TypedApp, clock: Clock): void {
  scope.addHook('onRequest', async ({ headers }) => {
    const version = headers['x-github-api-version'];
    if (version === undefined || version === '' || version === apiVersion) return;
    throw message(400, `The X-GitHub-Api-Version header asks for a version that is not served. Use ${apiVersion}.`);
  });
  scope.addHook('onSend', async (request, reply, payload) => {
    reply.headers({
      'x-github-media-type': mediaTypeOf(request.headers.accept),
      'x-github-request-id': request.id,
      'x-github-api-version-selected': apiVersion,
      'cache-control': reply.getHeader('cache-control') ?? 'private, no-cache',
      vary: 'Accept, Authorization, Cookie',
      ...scopesOf(request),
      ...rateOf(reply, clock()),
    });
    return isKnown(request, reply, payload) ? null : payload;
  });
}

/** `github.v3; format=json`, with the previews that were asked for, all of which are part of this version. */
function mediaTypeOf(accept = ''): string {
  const words = accept
    .slice(0, longestAccept)
    .matchAll(/application\/vnd\.github\.([a-z0-9-]+)(?:\.[a-z0-9-]+)?\+json/g);
  const previews = [...words].flatMap(([, word = '']) => (word.endsWith('-preview') ? [word] : []));
  return `github.${[...new Set(previews)].join('.') || 'v3'}; format=json`;
}

function scopesOf({ principal }: FastifyRequest): Record<string, string> {
  // Nobody yet where a request was refused before anyone asked.
  const { scopes } = principal ?? { scopes: [] };
  const words = new Set(scopes.flatMap((scope) => scopeWords[scope]));
  return { 'x-oauth-scopes': [...words].join(', '), 'x-accepted-oauth-scopes': '' };
}

/** The rate of writes, where it counted this request. GitHub tells when it ends, the limiter how long it goes on. */
function rateOf(reply: FastifyReply, now: number): Record<string, string | number> {
  const [limit, remaining, seconds] = ['limit', 'remaining', 'reset'].map((name) => {
    const value = reply.getHeader(`x-ratelimit-${name}`);
    return value === undefined ? undefined : Number(value);
  });
  const isCounted = limit !== undefined && remaining !== undefined && seconds !== undefined;
  return {
    'x-ratelimit-limit': isCounted ? limit : unlimited,
    'x-ratelimit-remaining': isCounted ? remaining : unlimited,
    'x-ratelimit-used': isCounted ? limit - remaining : 0,
    'x-ratelimit-reset': isCounted ? Math.ceil(now / 1000) + seconds : resetAt(now),
    'x-ratelimit-resource': 'core',
  };
}

/** Epoch seconds of the next full hour. */
export function resetAt(now: number): number {
  return ((Math.floor(now / hourMs) + 1) * hourMs) / 1000;
}

/** Names what is answered, and whether the client has it: then it is answered with 304. */
function isKnown({ method, headers }: FastifyRequest, reply: FastifyReply, payload: unknown): boolean {
  if ((method !== 'GET' && method !== 'HEAD') || reply.statusCode !== 200 || typeof payload !== 'string') return false;
  const etag = `W/"${createHash('sha256').update(payload).digest('hex')}"`;
  reply.header('etag', etag);
  if (!etagMatches(headers['if-none-match'], etag)) return false;
  reply.code(304).removeHeader('content-length');
  return true;
}
