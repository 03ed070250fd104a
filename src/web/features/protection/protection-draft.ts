import type {
  ApprovalRuleChange,
  DeployerChange,
  ProtectedEnvironment,
  ProtectionRequest,
  ProtectionUpdate,
} from '../../../contract/protected-environments.ts';
import type { Subject } from './subject-name.tsx';

/** Somebody that the form names. */
export interface DraftEntry extends Subject {
  /** Of an entry that is stored; undefined: it is new. */
  readonly id: number | undefined;
  readonly user_id: number | null;
  readonly group_id: number | null;
  readonly level: number | null;
  readonly withInherited: boolean;
  /** How many of them approve, as it is typed. */
  readonly required: string;
}

/** How approvals are asked for. */
type ApprovalMode = 'none' | 'count' | 'rules';

/** What the form holds while it is filled in. */
export interface ProtectionDraft {
  readonly name: string;
  readonly deployers: readonly DraftEntry[];
  readonly approvals: ApprovalMode;
  readonly count: string;
  readonly rules: readonly DraftEntry[];
  readonly anyRule: boolean;
  readonly selfApproval: 'project' | 'yes' | 'no';
}

/** The protection as the form begins with it; without one, what a new one begins with. */
export function draftOf(protection: ProtectedEnvironment | undefined, maintainers: DraftEntry): ProtectionDraft {
  if (!protection) {
    const none = {
      name: '',
      approvals: 'none',
      count: '1',
      rules: [],
      anyRule: false,
      selfApproval: 'project',
    } as const;
    return { ...none, deployers: [maintainers] };
  }
  const { name, deployers, approval_rules: rules, required_approval_count: count } = protection;
  const self = protection.self_approval;
  return {
    name,
    deployers: deployers.map((entry) => draftEntry(entry, 1)),
    approvals: rules.length > 0 ? 'rules' : count > 0 ? 'count' : 'none',
    count: String(Math.max(count, 1)),
    rules: rules.map((rule) => draftEntry(rule, rule.required_approvals)),
    anyRule: protection.any_rule,
    selfApproval: self === null ? 'project' : self ? 'yes' : 'no',
  };
}

type StoredEntry = ProtectedEnvironment['deployers'][number];

function draftEntry({ with_inherited: withInherited, ...entry }: StoredEntry, required: number): DraftEntry {
  const { id, kind, name, username, group_path, user_id, group_id, level } = entry;
  return { id, kind, name, username, group_path, user_id, group_id, level, withInherited, required: String(required) };
}

/** The same for two entries that name the same. */
export function subjectKey({ user_id, group_id, level }: Pick<DraftEntry, 'user_id' | 'group_id' | 'level'>): string {
  return user_id !== null ? `user ${user_id}` : group_id !== null ? `group ${group_id}` : `level ${level}`;
}

/** A new protection, as it is sent. */
export function requestOf(draft: ProtectionDraft, begun: ProtectionDraft): ProtectionRequest {
  const nothing = { ...begun, deployers: [], rules: [] };
  return { name: draft.name.trim(), ...changeOf(draft, nothing) };
}

/** What to send of a change: only what the reader changed, so that the rest stays as others have left it. */
export function changeOf(draft: ProtectionDraft, begun: ProtectionDraft): ProtectionUpdate {
  const wanted = draft.approvals === 'rules' ? draft.rules : [];
  const deployers = entryChanges(draft.deployers, begun.deployers);
  const rules = entryChanges(wanted, begun.rules, true);
  const [count, countBefore] = [countOf(draft), countOf(begun)];
  return {
    ...(deployers.length === 0 ? {} : { deployers }),
    ...(rules.length === 0 ? {} : { approval_rules: rules }),
    ...(count === countBefore ? {} : { required_approval_count: count }),
    ...(draft.anyRule === begun.anyRule ? {} : { any_rule: draft.anyRule }),
    ...(draft.selfApproval === begun.selfApproval ? {} : { self_approval: selfApprovals[draft.selfApproval] }),
  };
}

const selfApprovals = { project: null, yes: true, no: false } as const;

function countOf({ approvals, count }: ProtectionDraft): number {
  return approvals === 'count' ? Number(count) : 0;
}

function entryChanges(
  entries: readonly DraftEntry[],
  before: readonly DraftEntry[],
  areRules = false,
): (DeployerChange & ApprovalRuleChange)[] {
  const kept = new Map(entries.flatMap((entry) => (entry.id === undefined ? [] : [[entry.id, entry] as const])));
  const ofOld = before.flatMap((old) => {
    const entry = old.id === undefined ? undefined : kept.get(old.id);
    if (old.id === undefined) return [];
    if (!entry) return [{ id: old.id, remove: true }];
    const isSame = entry.withInherited === old.withInherited && entry.required === old.required;
    return isSame ? [] : [{ id: old.id, ...detailsOf(entry, areRules) }];
  });
  const ofNew = entries.filter(({ id }) => id === undefined);
  return [...ofOld, ...ofNew.map((entry) => ({ ...subjectOf(entry), ...detailsOf(entry, areRules) }))];
}

function subjectOf({ user_id, group_id, level }: DraftEntry): DeployerChange {
  if (user_id !== null) return { user_id };
  if (group_id !== null) return { group_id };
  return level === 30 || level === 40 || level === 60 ? { level } : {};
}

function detailsOf({ kind, withInherited, required }: DraftEntry, isRule: boolean): ApprovalRuleChange {
  return {
    ...(kind === 'group' ? { with_inherited: withInherited } : {}),
    ...(isRule ? { required_approvals: Number(required) } : {}),
  };
}
