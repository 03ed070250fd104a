import type { FastifyInstance } from 'fastify';
import { bodyMalformed } from './problem.ts';

/** Bodies are JSON, or newline-delimited JSON, which is a list as a JSON array is. Fastify's own plain text is not taken. */
export function registerBodies(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain');
  const parseJson = app.getDefaultJsonParser('error', 'error');
  // Many clients name the type of a body that they do not send.
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (request.method === 'DELETE' && text === '') done(null);
    else parseJson(request, String(text), done);
  });
  app.addContentTypeParser(
    ['application/x-ndjson', 'application/ndjson', 'application/jsonl'],
    { parseAs: 'string' },
    async (_: unknown, text: string | Buffer) => {
      const lines = String(text)
        .split('\n')
        .filter((line) => line.trim() !== '');
      return lines.map((line, index) => {
        try {
          return JSON.parse(line) as unknown;
        } catch (error) {
          throw bodyMalformed(error, `/${index}`);
        }
      });
    },
  );
}
