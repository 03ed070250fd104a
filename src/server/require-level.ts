import { accessLevels } from '../contract/access-levels.ts';
import { levelTooLow } from './errors.ts';
import { levelOn, type Principal, type ProjectAccess } from './principal.ts';

/** Throws `forbidden` where a principal's access level in a project is lower. */
export function requireLevel(principal: Principal, project: ProjectAccess, level: number): void {
  if (levelOn(principal, project) < level) throw levelTooLow();
}

/** The same for what maintainers decide. */
export function requireMaintainer(principal: Principal, project: ProjectAccess): void {
  requireLevel(principal, project, accessLevels.maintainer);
}
