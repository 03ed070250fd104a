import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { notFound } from '../errors.ts';

/** Paths below which a wrong URL is an API's not-found, never the page. */
const apiPaths = /^\/(api|docs|repos|webhooks|assets|openapi\.json|healthz|readyz|metrics)(\/|$)/;

/**
 * Serves the built page: hashed assets for ever, everything else checked each time, compressed where the build made a
 * compressed copy. Any other path that a browser asks for is the page, whose router knows it.
 */
export async function registerStaticFiles(app: FastifyInstance, root: string): Promise<void> {
  const built = existsSync(join(root, 'index.html'));
  if (built) {
    await app.register(fastifyStatic, {
      root,
      wildcard: false,
      preCompressed: true,
      redirect: true,
      setHeaders: (response, path) => {
        const hashed = path.includes('/assets/');
        response.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const [path = '/'] = request.url.split('?');
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !apiPaths.test(path) && String(request.headers.accept).includes('text/html');
    if (!built || !isPage) throw notFound('page or endpoint');
    return reply.sendFile('index.html');
  });
}
