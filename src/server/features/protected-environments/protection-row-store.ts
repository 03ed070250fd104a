import type { Kysely, Selectable } from 'kysely';
import type { Schema } from '../../db/schema.ts';
import type { ProtectedEnvironmentTable, ProtectionRuleTable } from '../../db/tables/rules.ts';
import type { AccessEntry, Protection } from './protection-types.ts';

type RuleRow = Selectable<ProtectionRuleTable> & {
  readonly user_name: string | null;
  readonly username: string | null;
  readonly group_name: string | null;
  readonly group_path: string | null;
};

/** Protections as they are stored, with their entries and whom those name, in the order of the rows. */
export async function withRules(
  db: Kysely<Schema>,
  rows: readonly Selectable<ProtectedEnvironmentTable>[],
): Promise<Protection[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const rules = await db
    .selectFrom('protection_rules as r')
    .leftJoin('users as u', 'u.id', 'r.user_id')
    .leftJoin('groups as g', 'g.id', 'r.group_id')
    .selectAll('r')
    .select(['u.name as user_name', 'u.username', 'g.name as group_name', 'g.path as group_path'])
    .where('r.protected_environment_id', 'in', ids)
    .orderBy('r.id')
    .execute();
  return rows.map((row) => {
    const own = rules.filter((rule) => rule.protected_environment_id === row.id);
    return {
      id: row.id,
      name: row.name,
      requiredApprovals: row.required_approval_count,
      deployers: own.filter(({ purpose }) => purpose === 'deploy').map((rule) => entryOf(rule, null)),
      approvalRules: own
        .filter(({ purpose }) => purpose === 'approve')
        .map((rule) => entryOf(rule, row.any_rule === 1 ? row.id : null)),
      anyRule: row.any_rule === 1,
      selfApproval: row.self_approval === null ? null : row.self_approval === 1,
    };
  });
}

function entryOf(row: RuleRow, choice: number | null): AccessEntry {
  return {
    id: row.id,
    userId: row.user_id,
    username: row.username,
    groupId: row.group_id,
    groupPath: row.group_path,
    accessLevel: row.access_level,
    withInherited: row.group_inheritance_type === 1,
    requiredApprovals: row.required_approvals,
    choice,
    name: row.user_name ?? row.group_name,
  };
}
