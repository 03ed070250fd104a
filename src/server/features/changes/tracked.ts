import type { Tier } from '../../../contract/tiers.ts';
import type { ProjectRepository } from '../repositories/repository-types.ts';

/**
 * Whether changes are followed into an environment. `gitlab` means as GitLab does: all without a folder, and of the others
 * those of production and staging.
 */
export function isTracked(
  tracked: ProjectRepository['tracked'],
  { name, tier }: { readonly name: string; readonly tier: Tier },
): boolean {
  return tracked === 'all' || !name.includes('/') || tier === 'production' || tier === 'staging';
}
