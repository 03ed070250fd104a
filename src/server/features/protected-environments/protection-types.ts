import { accessLevels } from '../../../contract/access-levels.ts';
import type { Principal, ProjectAccess } from '../../principal.ts';

/** Whom an entry lets in: exactly one of a user, the members of a group, and everybody from an access level on. */
export interface AccessEntry {
  readonly id: number;
  readonly userId: number | null;
  readonly username: string | null;
  readonly groupId: number | null;
  readonly groupPath: string | null;
  readonly accessLevel: number | null;
  /** Whether members of the groups above count as members of the group. */
  readonly withInherited: boolean;
  /** Of an approval rule: by so many of them. */
  readonly requiredApprovals: number;
  /** Of approval rules of which any one suffices: the same number; null: the rule has to be met itself. */
  readonly choice: number | null;
  /** The name of the user or group; null: of an access level, or not to be known. */
  readonly name: string | null;
}

/** Knows whom of those that entries name somebody could look up. */
export interface EntryNames {
  /**
   * Makes of entries what the principal may know of them: whom it could not look up has no name. `decides`: it maintains
   * what they protect, and knows them all.
   */
  shownTo(
    principal: Principal,
    decides: boolean,
    entries: readonly AccessEntry[],
  ): Promise<(entry: AccessEntry) => AccessEntry>;
}

/** Who may deploy to an environment, and who must approve it. All of these that apply to an environment hold. */
export interface Protection {
  readonly id: number;
  /** The name of the environment; for a group, the tier of all such environments below it. */
  readonly name: string;
  readonly deployers: readonly AccessEntry[];
  readonly approvalRules: readonly AccessEntry[];
  /** So many approvals by anybody who may deploy: where there are no rules. */
  readonly requiredApprovals: number;
  /** Whether any one of the approval rules suffices; otherwise each has to be met. */
  readonly anyRule: boolean;
  /** Whether who started a deployment may approve it; null: as the project says. */
  readonly selfApproval: boolean | null;
}

/** A protection of a group that lies above a project: it holds for all environments of its tier. */
export interface InheritedProtection {
  readonly groupPath: string;
  readonly protection: Protection;
}

/** What protects: a project its environments by name, or a group those of its projects by tier. */
export type ProtectionOwner =
  | { readonly kind: 'project'; readonly project: ProtectedProject }
  | { readonly kind: 'group'; readonly group: ProtectedGroup };

export type ProtectedProject = ProjectAccess & { readonly id: number };

export interface ProtectedGroup {
  readonly id: number;
  readonly path: string;
}

/** An entry to add (without id), to change or to remove. */
export interface EntryChange {
  readonly id?: number | undefined;
  readonly remove?: boolean | undefined;
  readonly userId?: number | null | undefined;
  readonly groupId?: number | null | undefined;
  readonly accessLevel?: number | null | undefined;
  readonly withInherited?: boolean | undefined;
  readonly requiredApprovals?: number | undefined;
}

export interface ProtectionChange {
  readonly deployers?: readonly EntryChange[] | undefined;
  readonly approvalRules?: readonly EntryChange[] | undefined;
  readonly requiredApprovals?: number | undefined;
  readonly anyRule?: boolean | undefined;
  /** null: as the project says. */
  readonly selfApproval?: boolean | null | undefined;
}

const levelNames: Readonly<Record<number, string>> = {
  [accessLevels.developer]: 'Developers + Maintainers',
  [accessLevels.maintainer]: 'Maintainers',
  [accessLevels.admin]: 'Administrators',
};

/** How people call whom an entry names. */
export function entryName({ name, accessLevel }: Pick<AccessEntry, 'name' | 'accessLevel'>): string {
  return name ?? levelNames[accessLevel ?? 0] ?? '';
}

/** What rules amount to together: the sum over those that have to be met, and of each choice the least. */
export function sumOverChoices(rules: readonly AccessEntry[], amountOf: (rule: AccessEntry) => number): number {
  const least = new Map<number, number>();
  let sum = 0;
  for (const rule of rules) {
    const amount = amountOf(rule);
    if (rule.choice === null) sum += amount;
    else least.set(rule.choice, Math.min(amount, least.get(rule.choice) ?? amount));
  }
  return [...least.values()].reduce((total, amount) => total + amount, sum);
}
