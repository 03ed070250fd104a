import { createHash } from 'node:crypto';
import type { Arrival } from './incoming-types.ts';

/** Names what was said. Not the delivery's id: nothing signs that, so whoever saw one could send it under another. */
export function contentOf({ source, event, body }: Pick<Arrival, 'source' | 'event' | 'body'>): string {
  return createHash('sha256').update(`${source}\0${event}\0${body}`).digest('hex');
}
