import { projectPath } from '../../../contract/project-path.ts';
import type { Deed } from '../../log/audit-log.ts';
import type { Project, ProjectChange } from './project-types.ts';

/** What a change of a project has to be accounted for as; nothing where all stays as it is. */
export function deedsOf(before: Project, change: ProjectChange): Deed[] {
  const { name = before.name, visibility = before.visibility } = change;
  const deeds: Deed[] = [];
  if (visibility !== before.visibility)
    deeds.push({ action: 'project_visibility_changed', details: { from: before.visibility, to: visibility } });
  if (name !== before.name) {
    const to = projectPath({ namespace: before.namespace, service: name });
    deeds.push({ action: 'project_renamed', details: { from: projectPath(before), to } });
  }
  const { title, description, defaultBranch, allowSelfApproval } = change;
  const details = {
    ...(isOther(title, before.title) ? { title } : {}),
    // Too long to be kept twice.
    ...(isOther(description, before.description) ? { description: 'changed' } : {}),
    ...(isOther(defaultBranch, before.defaultBranch) ? { default_branch: defaultBranch } : {}),
    ...(isOther(allowSelfApproval, before.allowSelfApproval) ? { self_approval: allowSelfApproval } : {}),
  };
  if (Object.keys(details).length > 0) deeds.push({ action: 'project_settings_changed', details });
  return deeds;
}

function isOther<T>(wanted: T | undefined, before: T): wanted is T {
  return wanted !== undefined && wanted !== before;
}
