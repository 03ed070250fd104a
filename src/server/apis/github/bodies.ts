import type { FastifyInstance, FastifyRequest } from 'fastify';
import { bodyMalformed } from '../../http/problem.ts';

/**
 * Every body is read as JSON, whatever type its sender names, since GitHub refuses none; only a form is read as a form. An
 * empty body is an empty object.
 */
export function registerBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'string' }, async ({ headers }: FastifyRequest, body: string | Buffer) => {
    const text = String(body);
    if (text.trim() === '') return {};
    const isForm = headers['content-type']?.toLowerCase().startsWith('application/x-www-form-urlencoded');
    // curl names a form for whatever it sends with -d.
    if (isForm && !text.trimStart().startsWith('{')) return formOf(text);
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      throw bodyMalformed(error);
    }
  });
}

/** A name with `[]` at its end makes a list. */
function formOf(text: string): Record<string, unknown> {
  const values = new Map<string, unknown>();
  for (const [name, value] of new URLSearchParams(text)) {
    const list = name.endsWith('[]') ? name.slice(0, -2) : undefined;
    if (list === undefined) values.set(name, value);
    else values.set(list, [...((values.get(list) as string[] | undefined) ?? []), value]); // only lists are set under it
  }
  return Object.fromEntries(values);
}
