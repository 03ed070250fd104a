import type { entryLevels, ProtectedEnvironment } from '../../../contract/protected-environments.ts';
import type { ProtectionHolder } from './protection-holder.ts';

/** What the section of a project or a group says of itself. */
export const sectionWords = {
  project: {
    title: 'Protected environments',
    about: 'Who may deploy where, and who must approve it first. A deployment waits until it has its approvals.',
    act: 'Protect an environment',
  },
  group: {
    title: 'Protected tiers',
    about: 'What holds for every environment of a tier, in all projects below this group.',
    act: 'Protect a tier',
  },
} as const;

/** What it means that nothing is protected, and what to do about it. */
export function nothingText({ kind, path }: ProtectionHolder, mayChange: boolean): string {
  const open =
    kind === 'project'
      ? `${path} itself protects nothing: every developer may deploy to each of its environments.`
      : `${path} protects no tier.`;
  return mayChange ? `${open} Protect production to say who deploys there, and who approves.` : open;
}

/** Levels as protections speak of them: from one on. The server says the same in its answers. */
export const levelNames: Readonly<Record<(typeof entryLevels)[number], string>> = {
  30: 'Developers + Maintainers',
  40: 'Maintainers',
  60: 'Administrators',
};

/** What a protection is called: of a group it holds for a tier. */
export function placeText({ name, group }: Pick<ProtectedEnvironment, 'name' | 'group'>): string {
  return group === null ? name : `${name} tier`;
}

/** `2 from release-board, 1 from Maintainers`. */
export function approvalsText(protection: ProtectedEnvironment): string {
  const { approval_rules: rules, required_approval_count: count, any_rule: isAny } = protection;
  if (rules.length > 0) {
    const each = rules.map(({ name, required_approvals }) => `${required_approvals} from ${name}`);
    return each.join(isAny ? ', or ' : ', ');
  }
  return count === 0 ? 'None' : `${count} from anybody who may deploy`;
}

/** Whether who started a deployment may approve it, where that is said here. */
export function selfApprovalText(isAllowed: boolean | null): string | undefined {
  if (isAllowed === null) return undefined;
  return isAllowed ? 'Also by who started it' : 'Not by who started it';
}
