import type { TokenPlaceQuery } from '../../../contract/access.ts';

/** Whose tokens: the reader's own, or those of a project or group, each of which acts for a bot. */
export type TokenHolder = { readonly kind: 'user' } | { readonly kind: 'project' | 'group'; readonly path: string };

/** How the server is told of it. */
export function placeOf(holder: TokenHolder): TokenPlaceQuery {
  if (holder.kind === 'user') return {};
  return holder.kind === 'project' ? { project: holder.path } : { group: holder.path };
}
