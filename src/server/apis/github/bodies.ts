import type { FastifyInstance, FastifyRequest } from 'fastify';
import { mostParts, nestParameters } from '../../http/nested-parameters.ts';
import { bodyMalformed } from '../../http/problem.ts';
import { message } from './answers.ts';

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

/** `a[b]=1` is `{"a": {"b": "1"}}`, and `a[]=1` a list. */
function formOf(text: string): Record<string, unknown> {
  const pairs = [...new URLSearchParams(text)];
  // What is left out without a word would be missed later.
  if (pairs.some(([name]) => name.split('[').length > mostParts)) throw tooDeep;
  return nestParameters(pairs);
}

const tooDeep = message(400, `Problems parsing form: a name has more than ${mostParts} parts`);
