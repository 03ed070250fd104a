import type { FastifyInstance } from 'fastify';
import { bodyMalformed } from './problem.ts';

/** Bodies are JSON, or newline-delimited JSON, which is a list as a JSON array is. Fastify's own plain text is not taken. */
export function registerBodies(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain');
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
