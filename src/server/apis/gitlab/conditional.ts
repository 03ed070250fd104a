import type { FastifyRequest } from 'fastify';
import { message } from './answers.ts';

/** Refuses to delete what has changed since the moment that the client's If-Unmodified-Since names, to the second. */
export function refuseModified({ request }: { readonly request: FastifyRequest }, updatedAt: number): void {
  const since = Date.parse(String(request.headers['if-unmodified-since']));
  // A date that cannot be read asks for nothing.
  if (Math.floor(updatedAt / 1000) * 1000 > since) throw message(412, '412 Precondition Failed');
}
