import type { ProtectionOwnerQuery } from '../../../contract/protected-environments.ts';

/** What protects, by its path: a project its environments, a group those of a tier in all projects below it. */
export interface ProtectionHolder {
  readonly kind: 'project' | 'group';
  readonly path: string;
}

/** A holder as the API names it. */
export function ownerOf({ kind, path }: ProtectionHolder): ProtectionOwnerQuery {
  return kind === 'project' ? { project: path } : { group: path };
}
