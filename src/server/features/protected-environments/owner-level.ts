import { levelOn, type Principal } from '../../principal.ts';
import { groupLevel } from '../groups/group-types.ts';
import type { ProtectionOwner } from './protection-types.ts';

/** The access level of a principal in what protects. */
export function ownerLevel(principal: Principal, owner: ProtectionOwner): number {
  return owner.kind === 'project' ? levelOn(principal, owner.project) : groupLevel(principal, owner.group.path);
}
