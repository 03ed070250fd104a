import type {
  ApprovalRuleChange,
  Deployer,
  ProtectedEnvironment,
  ProtectedEnvironmentPage,
  ProtectionRule,
  ProtectionUpdate,
} from '../../../contract/protected-environments.ts';
import type { ProtectionOverview } from '../../features/protected-environments/protection-overview-service.ts';
import {
  type AccessEntry,
  type EntryChange,
  entryName,
  type Protection,
  type ProtectionChange,
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
  const kind = userId !== null ? 'user' : groupId !== null ? 'group' : 'level';
  return {
    id,
    kind,
    name: entryName(entry) || `a ${kind}`,
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

/** What a request asks to become of a protection. */
export function protectionChangeOf(body: ProtectionUpdate): ProtectionChange {
  return {
    deployers: body.deployers?.map(entryOf),
    approvalRules: body.approval_rules?.map(entryOf),
    requiredApprovals: body.required_approval_count,
    anyRule: body.any_rule,
    selfApproval: body.self_approval,
  };
}

function entryOf({ id, remove, ...entry }: ApprovalRuleChange): EntryChange {
  return {
    id,
    remove,
    userId: entry.user_id,
    groupId: entry.group_id,
    accessLevel: entry.level,
    withInherited: entry.with_inherited,
    requiredApprovals: entry.required_approvals,
  };
}
