import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { notFound } from '../errors.ts';
import { pageHeaders } from './security-headers.ts';

/** Paths below which a wrong URL is an API's not-found, never the page. */
const apiPaths = /^\/(api|docs|repos|webhooks|assets|openapi\.json|healthz|readyz|metrics)(\/|$)/;

/**
 * Serves the built page: hashed assets for ever, everything else checked each time, compressed where the build made a
 * compressed copy. Any other path that a browser asks for is the page, whose router knows it. Public: the page holds no
 * data of its own, and asks for what it shows like any client.
 */
export async function registerStaticFiles(app: FastifyInstance, root: string): Promise<void> {
  const index = join(root, 'index.html');
  const page = existsSync(index) ? readFileSync(index) : undefined;
  if (page) await app.register((scope) => registerFiles(scope, root));

  app.setNotFoundHandler((request, reply) => {
    if (!page || !wantsPage(request)) throw notFound('page or endpoint');
    return reply.headers(pageHeaders).type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page);
  });
}

/** Whether a browser asks for a page, at a path that is no API's. */
export function wantsPage({ url, method, headers }: FastifyRequest): boolean {
  const [path = '/'] = url.split('?');
  return ['GET', 'HEAD'].includes(method) && String(headers.accept).includes('text/html') && !apiPaths.test(path);
}

async function registerFiles(scope: FastifyInstance, root: string): Promise<void> {
  scope.addHook('onRoute', (route) => {
    route.config = { access: 'public', ...route.config };
  });
  await scope.register(fastifyStatic, {
    root,
    wildcard: false,
    preCompressed: true,
    setHeaders: (response, path) => {
      for (const [name, value] of Object.entries(pageHeaders)) response.header(name, value);
      response.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  scope.get('/docs', { schema: { hide: true } }, (_, reply) => reply.redirect('/docs/'));
}
