import type { FastifyReply } from 'fastify';

/**
 * Answers without a body. A schema would make one of it, `null` and its length, for which clients of a 304 wait in vain.
 */
export function sendEmpty(reply: { readonly request: unknown }, status: 204 | 304): FastifyReply {
  const untyped = reply as unknown as FastifyReply; // the reply of a route with schemas takes only their bodies
  return untyped.code(status).send();
}
