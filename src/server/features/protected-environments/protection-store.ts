import type { Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import { type AuditEntry, writeAudit } from '../../log/audit-log.ts';
import type { Structure } from '../../log/structure.ts';
import { withRules } from './protection-row-store.ts';
import type { InheritedProtection, Protection, ProtectionOwner } from './protection-types.ts';

/** An entry as it is to be stored: with the id of the one that it replaces, or without. */
export interface StoredEntry {
  readonly id: number | undefined;
  /** Which of the changes that were asked for made it so; undefined: none did. */
  readonly changeIndex: number | undefined;
  readonly userId: number | null;
  readonly groupId: number | null;
  readonly accessLevel: number | null;
  readonly withInherited: boolean;
  readonly requiredApprovals: number;
}

/** The whole of a protection as it is to be: entries that it leaves out are removed. */
export interface StoredProtection {
  readonly name: string;
  readonly requiredApprovals: number;
  readonly deployers: readonly StoredEntry[];
  readonly approvalRules: readonly StoredEntry[];
  readonly anyRule: boolean;
  readonly selfApproval: boolean | null;
}

/** A protection as it is to be, and what the audit is to say of it. */
export interface PlannedProtection {
  readonly stored: StoredProtection;
  readonly audit: AuditEntry;
}

/** Each change is written with its audit entry. */
export class ProtectionStore {
  readonly #database: Database;
  readonly #structure: Structure;

  constructor(database: Database, structure: Structure) {
    this.#database = database;
    this.#structure = structure;
  }

  /** Oldest first. */
  async page(
    owner: ProtectionOwner,
    { limit, offset }: { readonly limit: number; readonly offset: number },
  ): Promise<{ items: Protection[]; total: number }> {
    const rows = ownedBy(this.#database.read, owner);
    const items = await rows.selectAll().orderBy('id').limit(limit).offset(offset).execute();
    const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    return { items: await withRules(this.#database.read, items), total: Number(total) };
  }

  /** The same, from the one after an id. */
  async after(owner: ProtectionOwner, id: number, limit: number): Promise<Protection[]> {
    const rows = ownedBy(this.#database.read, owner).selectAll().where('id', '>', id);
    return withRules(this.#database.read, await rows.orderBy('id').limit(limit).execute());
  }

  /** Those of the groups with these paths, outermost first. */
  async ofGroups(paths: readonly string[]): Promise<InheritedProtection[]> {
    if (paths.length === 0) return [];
    const db = this.#database.read;
    const rows = await db
      .selectFrom('protected_environments as e')
      .innerJoin('groups as g', 'g.id', 'e.group_id')
      .selectAll('e')
      .select('g.path as group_path')
      .where('g.path', 'in', paths)
      .orderBy('g.path')
      .orderBy('e.id')
      .execute();
    const protections = await withRules(db, rows);
    return rows.flatMap(({ group_path: groupPath }, index) => {
      const protection = protections[index];
      return protection ? [{ groupPath, protection }] : [];
    });
  }

  async byName(owner: ProtectionOwner, name: string): Promise<Protection | undefined> {
    const rows = await ownedBy(this.#database.read, owner).selectAll().where('name', '=', name).execute();
    return (await withRules(this.#database.read, rows))[0];
  }

  /** The environments that the project protects, and the tiers that the groups with these paths do. */
  async guarded(projectId: number, groupPaths: readonly string[]) {
    const db = this.#database.read;
    const own = await db
      .selectFrom('protected_environments')
      .select('name')
      .where('project_id', '=', projectId)
      .execute();
    const groups = db.selectFrom('groups').select('id').where('path', 'in', groupPaths);
    const above =
      groupPaths.length === 0
        ? []
        : await db.selectFrom('protected_environments').select('name').where('group_id', 'in', groups).execute();
    return { names: new Set(own.map(({ name }) => name)), tiers: new Set(above.map(({ name }) => name)) };
  }

  /** Those of the project for the environment's name, and of the groups with these paths for its tier. */
  async matching(
    projectId: number,
    groupPaths: readonly string[],
    environment: { readonly name: string; readonly tier: string },
  ): Promise<Protection[]> {
    const db = this.#database.read;
    const groups = db.selectFrom('groups').select('id').where('path', 'in', groupPaths);
    const rows = await db
      .selectFrom('protected_environments')
      .selectAll()
      .where((eb) => {
        const own = eb.and([eb('project_id', '=', projectId), eb('name', '=', environment.name)]);
        if (groupPaths.length === 0) return own;
        return eb.or([own, eb.and([eb('group_id', 'in', groups), eb('name', '=', environment.tier)])]);
      })
      .orderBy('id')
      .execute();
    return withRules(db, rows);
  }

  /** undefined where the name is protected already. */
  insert(
    owner: ProtectionOwner,
    name: string,
    plan: (tx: Kysely<Schema>) => Promise<PlannedProtection>,
  ): Promise<Protection | undefined> {
    return this.#structure.change(async ({ kysely: tx }) => {
      const taken = await ownedBy(tx, owner).select('id').where('name', '=', name).executeTakeFirst();
      if (taken) return undefined;
      const { stored, audit } = await plan(tx);
      const row = await tx
        .insertInto('protected_environments')
        .values({
          project_id: owner.kind === 'project' ? owner.project.id : null,
          group_id: owner.kind === 'group' ? owner.group.id : null,
          name: stored.name,
          ...valuesOf(stored),
          created_at: audit.at,
          updated_at: audit.at,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      await writeRules(tx, row.id, stored, audit.at);
      await writeAudit(tx, audit);
      return (await withRules(tx, [row]))[0];
    });
  }

  /** Makes of a protection what `plan` makes of it as it is; undefined where there is none. */
  change(
    owner: ProtectionOwner,
    name: string,
    plan: (before: Protection, tx: Kysely<Schema>) => Promise<PlannedProtection>,
  ): Promise<Protection | undefined> {
    return this.#structure.change(async ({ kysely: tx }) => {
      const [before] = await withRules(tx, await ownedBy(tx, owner).selectAll().where('name', '=', name).execute());
      if (!before) return undefined;
      const { stored, audit } = await plan(before, tx);
      const values = { ...valuesOf(stored), updated_at: audit.at };
      const rows = tx.updateTable('protected_environments').set(values).where('id', '=', before.id);
      const row = await rows.returningAll().executeTakeFirstOrThrow();
      await writeRules(tx, row.id, stored, audit.at);
      await writeAudit(tx, audit);
      return (await withRules(tx, [row]))[0];
    });
  }

  async delete(id: number, audit: AuditEntry): Promise<void> {
    await this.#structure.change(async ({ kysely: tx }) => {
      await tx.deleteFrom('protection_rules').where('protected_environment_id', '=', id).execute();
      await tx.deleteFrom('protected_environments').where('id', '=', id).execute();
      await writeAudit(tx, audit);
    });
  }

  /** Those of these users and groups that there are. */
  async known(db: Kysely<Schema>, userIds: readonly number[], groupIds: readonly number[]) {
    const users = db.selectFrom('users').select(['id', 'username', 'state']);
    const groups = db.selectFrom('groups').select(['id', 'path', 'visibility']);
    return {
      users: userIds.length === 0 ? [] : await users.where('id', 'in', userIds).execute(),
      groups: groupIds.length === 0 ? [] : await groups.where('id', 'in', groupIds).execute(),
    };
  }
}

function ownedBy(db: Kysely<Schema>, owner: ProtectionOwner) {
  const rows = db.selectFrom('protected_environments');
  return owner.kind === 'project'
    ? rows.where('project_id', '=', owner.project.id)
    : rows.where('group_id', '=', owner.group.id);
}

function valuesOf({ requiredApprovals, anyRule, selfApproval }: StoredProtection) {
  return {
    required_approval_count: requiredApprovals,
    any_rule: Number(anyRule),
    self_approval: selfApproval === null ? null : Number(selfApproval),
  };
}

/** Entries keep their ids where they are kept: approvals refer to them. */
async function writeRules(tx: Kysely<Schema>, id: number, stored: StoredProtection, now: number): Promise<void> {
  const entries = [
    ...stored.deployers.map((entry) => ({ purpose: 'deploy', entry })),
    ...stored.approvalRules.map((entry) => ({ purpose: 'approve', entry })),
  ];
  const kept = entries.flatMap(({ entry }) => entry.id ?? []);
  let gone = tx.deleteFrom('protection_rules').where('protected_environment_id', '=', id);
  if (kept.length > 0) gone = gone.where('id', 'not in', kept);
  await gone.execute();
  for (const { purpose, entry } of entries) {
    const values = {
      user_id: entry.userId,
      group_id: entry.groupId,
      access_level: entry.accessLevel,
      group_inheritance_type: Number(entry.withInherited),
      required_approvals: entry.requiredApprovals,
    };
    if (entry.id === undefined) {
      const row = { ...values, protected_environment_id: id, purpose, created_at: now };
      await tx.insertInto('protection_rules').values(row).execute();
    } else {
      await tx.updateTable('protection_rules').set(values).where('id', '=', entry.id).execute();
    }
  }
}
