import type { ProjectDetails, ProjectUpdate } from '../../../contract/projects.ts';
import type { Visibility } from '../../../contract/visibilities.ts';

/** The general settings as they stand in the form. */
export interface ProjectDraft {
  readonly title: string;
  readonly description: string;
  readonly defaultBranch: string;
  readonly visibility: Visibility;
  readonly allowSelfApproval: boolean;
}

export function draftOf(project: ProjectDetails): ProjectDraft {
  return {
    title: project.title ?? project.service,
    description: project.description ?? '',
    defaultBranch: project.default_branch ?? '',
    visibility: project.visibility,
    allowSelfApproval: project.allow_self_approval,
  };
}

/** What the draft says differently from the project; undefined: nothing. */
export function changeOf(draft: ProjectDraft, project: ProjectDetails): ProjectUpdate | undefined {
  const before = draftOf(project);
  const change: ProjectUpdate = {
    ...(draft.title.trim() === before.title ? {} : { title: draft.title.trim() }),
    ...(draft.description.trim() === before.description ? {} : { description: draft.description.trim() || null }),
    ...(draft.defaultBranch.trim() === before.defaultBranch
      ? {}
      : { default_branch: draft.defaultBranch.trim() || null }),
    ...(draft.visibility === before.visibility ? {} : { visibility: draft.visibility }),
    ...(draft.allowSelfApproval === before.allowSelfApproval ? {} : { allow_self_approval: draft.allowSelfApproval }),
  };
  return Object.keys(change).length === 0 ? undefined : change;
}
