import {
  type AccessEntry,
  entryName,
  type Protection,
} from '../../features/protected-environments/protection-types.ts';

/** A protected environment as GitLab shows it. */
export function protectedEnvironmentView({ name, deployers, approvalRules, requiredApprovals }: Protection) {
  return {
    name,
    deploy_access_levels: deployers.map(entryView),
    required_approval_count: requiredApprovals,
    approval_rules: approvalRules.map((rule) => ({ ...entryView(rule), required_approvals: rule.requiredApprovals })),
  };
}

/** An entry of a protection, with how people call whoever it names. */
export function entryView(entry: AccessEntry) {
  const { id, userId, groupId, accessLevel, withInherited } = entry;
  return {
    id,
    access_level: accessLevel,
    access_level_description: entryName(entry),
    user_id: userId,
    group_id: groupId,
    group_inheritance_type: Number(withInherited),
  };
}
