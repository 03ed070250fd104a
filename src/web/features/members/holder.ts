import type { HolderQuery } from '../../../contract/members.ts';

/** What has members, by its path. */
export interface Holder {
  readonly kind: 'project' | 'group';
  readonly path: string;
}

/** A holder as the API names it. */
export function queryOf({ kind, path }: Holder): HolderQuery {
  return kind === 'project' ? { project: path } : { group: path };
}
