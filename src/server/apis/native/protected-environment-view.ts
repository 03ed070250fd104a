import type {
  Deployer,
  ProtectedEnvironment,
  ProtectedEnvironmentPage,
  ProtectionRule,
} from '../../../contract/protected-environments.ts';
import type { ProtectionOverview } from '../../features/protected-environments/protection-overview-service.ts';
import {
  type AccessEntry,
  entryName,
  type Protection,
  type ProtectionOwner,
} from '../../features/protected-environments/protection-types.ts';

/** A page of protections as this API shows it. */
export function protectionPageView(
  owner: ProtectionOwner,
  { items, inherited, mayChange, next }: ProtectionOverview,
): ProtectedEnvironmentPage {
  return {
    items: items.map((protection) => protectionView(owner, protection)),
    inherited: inherited.map(({ groupPath, protection }) => viewOf(protection, groupPath)),
    may_change: mayChange,
    next_cursor: next === undefined ? null : String(next),
  };
}

export function protectionView(owner: ProtectionOwner, protection: Protection): ProtectedEnvironment {
  return viewOf(protection, owner.kind === 'group' ? owner.group.path : null);
}

function viewOf(protection: Protection, group: string | null): ProtectedEnvironment {
  const { name, deployers, approvalRules, requiredApprovals, anyRule, selfApproval } = protection;
  return {
    name,
    group,
    deployers: deployers.map(deployerView),
    approval_rules: approvalRules.map(ruleView),
    required_approval_count: requiredApprovals,
    any_rule: anyRule,
    self_approval: selfApproval,
  };
}

function deployerView(entry: AccessEntry): Deployer {
  const { id, userId, username, groupId, groupPath, accessLevel, withInherited } = entry;
  return {
    id,
    kind: userId !== null ? 'user' : groupId !== null ? 'group' : 'level',
    name: entryName(entry),
    user_id: userId,
    username,
    group_id: groupId,
    group_path: groupPath,
    level: accessLevel,
    with_inherited: withInherited,
  };
}

function ruleView(entry: AccessEntry): ProtectionRule {
  return { ...deployerView(entry), required_approvals: entry.requiredApprovals };
}
