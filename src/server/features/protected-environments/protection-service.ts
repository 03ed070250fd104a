import { accessLevels } from '../../../contract/access-levels.ts';
import { tiers } from '../../../contract/tiers.ts';
import type { Clock } from '../../clock.ts';
import type { LogSession } from '../../db/database.ts';
import { type FieldError, invalid, levelTooLow, notFound, ShiplogFault } from '../../errors.ts';
import type { AuditEntry } from '../../log/audit-log.ts';
import type { Principal } from '../../principal.ts';
import { ancestorsOf, groupLevel } from '../groups/group-types.ts';
import { changedEntries, entryFaults } from './entry-changes.ts';
import { ownerLevel } from './owner-level.ts';
import type { ProtectionStore, StoredProtection } from './protection-store.ts';
import type { ProtectedProject, Protection, ProtectionChange, ProtectionOwner } from './protection-types.ts';
import { type Named, namedIn, type Subject, subjectText } from './subject-text.ts';

const longestName = 255;
const mostEntries = 100;
const mostApprovals = 100;

type Transaction = LogSession['kysely'];

/** Who may deploy where, and who must approve it. Maintainers of a project or group decide. */
export class ProtectionService {
  readonly #store: ProtectionStore;
  readonly #clock: Clock;
  readonly #onChange: (projectId: number | undefined) => Promise<void>;

  /** `onChange` sees to deployments that a protection of this project, or of any, held back until now. */
  constructor(store: ProtectionStore, clock: Clock, onChange: (projectId: number | undefined) => Promise<void>) {
    this.#store = store;
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** Oldest first. Throws `forbidden`, as the others do. */
  async list(
    principal: Principal,
    owner: ProtectionOwner,
    page: { readonly limit: number; readonly offset: number },
  ): Promise<{ items: Protection[]; total: number }> {
    requireMaintainer(principal, owner);
    return this.#store.page(owner, page);
  }

  /** Throws `not_found`. */
  async get(principal: Principal, owner: ProtectionOwner, name: string): Promise<Protection> {
    requireMaintainer(principal, owner);
    const found = await this.#store.byName(owner, name);
    if (!found) throw notFound('protected environment');
    return found;
  }

  /** Throws `conflict` where the name is protected already, and `validation_failed`. */
  async protect(
    principal: Principal,
    owner: ProtectionOwner,
    name: string,
    request: ProtectionChange,
  ): Promise<Protection> {
    requireMaintainer(principal, owner);
    const made = await this.#store.insert(owner, name, async (tx) => {
      const { stored, named } = await this.#checked(tx, principal, owner, { name, ...nothing }, request);
      return { stored, audit: this.#entry(principal, owner, 'environment_protected', stored, named) };
    });
    if (!made) throw new ShiplogFault('conflict', `Protected environment '${name}' already exists`);
    return made;
  }

  /** Changes the entries and numbers that are given. Throws `not_found` and `validation_failed`. */
  async update(
    principal: Principal,
    owner: ProtectionOwner,
    name: string,
    change: ProtectionChange,
  ): Promise<Protection> {
    requireMaintainer(principal, owner);
    const after = await this.#store.change(owner, name, async (before, tx) => {
      const { stored, named } = await this.#checked(tx, principal, owner, before, change);
      return { stored, audit: this.#entry(principal, owner, 'environment_protection_updated', stored, named) };
    });
    if (!after) throw notFound('protected environment');
    await this.#onChange(projectOf(owner));
    return after;
  }

  /** Throws `not_found`. */
  async unprotect(principal: Principal, owner: ProtectionOwner, name: string): Promise<void> {
    const before = await this.get(principal, owner, name);
    const named = namedIn([...before.deployers, ...before.approvalRules]);
    await this.#store.delete(before.id, this.#entry(principal, owner, 'environment_unprotected', before, named));
    await this.#onChange(projectOf(owner));
  }

  /** All protections of one environment: the project's own, and those of the groups above it for its tier. */
  matching(
    project: ProtectedProject,
    environment: { readonly name: string; readonly tier: string },
  ): Promise<Protection[]> {
    return this.#store.matching(project.id, pathsAbove(project.namespace), environment);
  }

  /** Tells of each environment of a project whether any protection holds there. */
  async guardOf(
    project: ProtectedProject,
  ): Promise<(environment: { readonly name: string; readonly tier: string }) => boolean> {
    const { names, tiers } = await this.#store.guarded(project.id, pathsAbove(project.namespace));
    return ({ name, tier }) => names.has(name) || tiers.has(tier);
  }

  /**
   * What a protection is after a change, and whom that names. Users who are blocked, and groups that the caller may not
   * know of, are not there, unless it names them already.
   */
  async #checked(
    tx: Transaction,
    principal: Principal,
    owner: ProtectionOwner,
    before: Omit<Protection, 'id'>,
    change: ProtectionChange,
  ): Promise<{ readonly stored: StoredProtection; readonly named: Named }> {
    const stored = apply(before, change);
    const faults = protectionFaults(owner, stored);
    if (faults.length > 0) throw invalid(faults);
    const entries = [...stored.deployers, ...stored.approvalRules];
    const userIds = entries.flatMap(({ userId }) => userId ?? []);
    const groupIds = entries.flatMap(({ groupId }) => groupId ?? []);
    const { users, groups } = await this.#store.known(tx, userIds, groupIds);
    const entriesBefore = [...before.deployers, ...before.approvalRules];
    const namedUsers = new Set(entriesBefore.map(({ userId }) => userId));
    const namedGroups = new Set(entriesBefore.map(({ groupId }) => groupId));
    const active = new Set(users.flatMap(({ id, state }) => (state === 'active' ? id : [])));
    const usable = groups.filter((group) => namedGroups.has(group.id) || mayKnow(principal, group));
    const usableIds = new Set(usable.map(({ id }) => id));
    const strangersIn = (list: string, entries: StoredProtection['deployers']) =>
      entries.flatMap(({ userId, groupId, changeIndex }) => {
        const at = `/${list}/${changeIndex}`;
        if (userId !== null && !active.has(userId) && !namedUsers.has(userId))
          return { pointer: `${at}/user_id`, message: `there is no active user ${userId}` };
        if (groupId !== null && !usableIds.has(groupId))
          return { pointer: `${at}/group_id`, message: `there is no group ${groupId}` };
        return [];
      });
    const strangers = [
      ...strangersIn('deployers', stored.deployers),
      ...strangersIn('approval_rules', stored.approvalRules),
    ];
    if (strangers.length > 0) throw invalid(strangers);
    const named = {
      users: new Map(users.map(({ id, username }) => [id, username])),
      groups: new Map(groups.map(({ id, path }) => [id, path])),
    };
    return { stored, named };
  }

  #entry(
    author: Principal,
    owner: ProtectionOwner,
    action: AuditEntry['action'],
    { name, deployers, approvalRules, requiredApprovals, anyRule, selfApproval }: StoredProtection | Protection,
    named: Named,
  ): AuditEntry {
    const subject = (entry: Subject) => subjectText(entry, named);
    return {
      at: this.#clock(),
      author,
      projectId: owner.kind === 'project' ? owner.project.id : null,
      groupId: owner.kind === 'group' ? owner.group.id : null,
      action,
      details: {
        environment: name,
        deployers: deployers.map(subject).join(', '),
        approval_rules: approvalRules.map((rule) => `${rule.requiredApprovals} of ${subject(rule)}`).join(', '),
        required_approval_count: requiredApprovals,
        ...(anyRule ? { any_rule: true } : {}),
        ...(selfApproval === null ? {} : { self_approval: selfApproval }),
      },
    };
  }
}

const nothing = { deployers: [], approvalRules: [], requiredApprovals: 0, anyRule: false, selfApproval: null } as const;

function apply(before: Omit<Protection, 'id'>, change: ProtectionChange): StoredProtection {
  return {
    name: before.name,
    requiredApprovals: change.requiredApprovals ?? before.requiredApprovals,
    deployers: changedEntries(before.deployers, change.deployers ?? []),
    approvalRules: changedEntries(before.approvalRules, change.approvalRules ?? []),
    anyRule: change.anyRule ?? before.anyRule,
    selfApproval: change.selfApproval === undefined ? before.selfApproval : change.selfApproval,
  };
}

function protectionFaults(owner: ProtectionOwner, stored: StoredProtection): FieldError[] {
  const { name, deployers, approvalRules, requiredApprovals } = stored;
  const isTier = tiers.some((tier) => tier === name);
  const wrong: readonly (readonly [boolean, string, string])[] = [
    [name.trim() === '', '/name', "can't be blank"],
    [name.length > longestName, '/name', `is too long (maximum is ${longestName} characters)`],
    [owner.kind === 'group' && !isTier, '/name', `of a group's protection must be one of ${tiers.join(', ')}`],
    [deployers.length === 0, '/deployers', "can't be empty"],
    [deployers.length > mostEntries, '/deployers', `can't be more than ${mostEntries}`],
    [approvalRules.length > mostEntries, '/approval_rules', `can't be more than ${mostEntries}`],
    [
      requiredApprovals < 0 || requiredApprovals > mostApprovals,
      '/required_approval_count',
      `must be between 0 and ${mostApprovals}`,
    ],
  ];
  return [
    ...wrong.flatMap(([holds, pointer, message]) => (holds ? [{ pointer, message }] : [])),
    ...deployers.flatMap((entry) => entryFaults(entry, '/deployers')),
    ...approvalRules.flatMap((entry) => entryFaults(entry, '/approval_rules')),
  ];
}

/** Everyone knows of groups that are not private; members of something in a private group know of it too. */
function mayKnow(
  principal: Principal,
  { path, visibility }: { readonly path: string; readonly visibility: string },
): boolean {
  if (visibility !== 'private' || groupLevel(principal, path) > 0) return true;
  return principal.memberships.some((member) => ancestorsOf(member.path).includes(path));
}

/** undefined: a group protects in all projects below it. */
function projectOf(owner: ProtectionOwner): number | undefined {
  return owner.kind === 'project' ? owner.project.id : undefined;
}

function requireMaintainer(principal: Principal, owner: ProtectionOwner): void {
  if (ownerLevel(principal, owner) < accessLevels.maintainer) throw levelTooLow();
}

/** `a/b/c`, `a/b` and `a`, for `a/b/c`. */
function pathsAbove(namespace: string): string[] {
  if (namespace === '') return [];
  const parts = namespace.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
