import { projectPath } from '../../../contract/project-path.ts';
import type { Change } from '../../features/changes/change-types.ts';
import type { Project } from '../../features/projects/project-types.ts';
import type { User } from '../../features/users/user-types.ts';
import { userBasicView } from './user-view.ts';

/** What a view tells beside the change itself. */
export interface MergeRequestSurroundings {
  readonly projects: ReadonlyMap<number, Project>;
  /** By user name in small letters. */
  readonly users: ReadonlyMap<string, User>;
  readonly baseUrl: string;
}

/** GitLab's MergeRequestSimple. */
export function simpleMergeRequestView(change: Change) {
  return {
    id: change.id,
    iid: change.number,
    project_id: change.projectId,
    title: change.title,
    description: change.description,
    state: change.state,
    created_at: timeText(change.createdAt),
    updated_at: timeText(change.updatedAt),
    web_url: change.webUrl,
  };
}

/** GitLab's MergeRequestBasic, as lists show it. What is not known of a change is what it is of one that has none of it. */
export function mergeRequestView(change: Change, { projects, users, baseUrl }: MergeRequestSurroundings) {
  const { author, mergedBy, projectId, mergeCommitSha, squashCommitSha } = change;
  const person = (username: string | null, name: string | null = null) => {
    const user = users.get(username?.toLowerCase() ?? '');
    return user ? userBasicView(user, baseUrl) : strangerView(username, name);
  };
  const merger = mergedBy === null ? null : person(mergedBy);
  const project = projects.get(projectId);
  return {
    ...simpleMergeRequestView(change),
    merged_by: merger,
    merge_user: merger,
    merged_at: optionalTime(change.mergedAt),
    closed_by: null,
    closed_at: optionalTime(change.closedAt),
    target_branch: change.targetBranch,
    source_branch: change.sourceBranch,
    user_notes_count: 0,
    upvotes: 0,
    downvotes: 0,
    author: author && person(author.username, author.name),
    assignees: [],
    assignee: null,
    reviewers: [],
    source_project_id: projectId,
    target_project_id: projectId,
    labels: change.labels,
    draft: change.isDraft,
    imported: false,
    imported_from: 'none',
    work_in_progress: change.isDraft,
    milestone: null,
    merge_when_pipeline_succeeds: false,
    merge_status: change.state === 'merged' ? 'can_be_merged' : 'unchecked',
    detailed_merge_status: change.state === 'opened' ? 'unchecked' : 'not_open',
    merge_after: null,
    sha: change.headSha,
    merge_commit_sha: mergeCommitSha,
    squash_commit_sha: squashCommitSha,
    discussion_locked: null,
    should_remove_source_branch: null,
    force_remove_source_branch: null,
    prepared_at: timeText(change.createdAt),
    reference: `!${change.number}`,
    references: {
      short: `!${change.number}`,
      relative: `!${change.number}`,
      full: `${project ? projectPath(project) : ''}!${change.number}`,
    },
    time_stats: { time_estimate: 0, total_time_spent: 0, human_time_estimate: null, human_total_time_spent: null },
    squash: squashCommitSha !== null,
    squash_on_merge: squashCommitSha !== null,
    task_completion_status: { count: 0, completed_count: 0 },
    has_conflicts: false,
    blocking_discussions_resolved: true,
    approvals_before_merge: null,
  };
}

/** One by itself. `deployedToProductionAt`: epoch milliseconds. */
export function wholeMergeRequestView(
  change: Change,
  surroundings: MergeRequestSurroundings,
  deployedToProductionAt: number | null,
) {
  const { headSha } = change;
  return {
    ...mergeRequestView(change, surroundings),
    subscribed: false,
    changes_count: null,
    latest_build_started_at: null,
    latest_build_finished_at: null,
    first_deployed_to_production_at: optionalTime(deployedToProductionAt),
    pipeline: null,
    head_pipeline: null,
    diff_refs: headSha === null ? null : { base_sha: null, head_sha: headSha, start_sha: null },
    merge_error: null,
    first_contribution: false,
    user: { can_merge: false },
  };
}

/** Somebody who is no user here: commits and other tools name them. */
function strangerView(username: string | null, name: string | null) {
  return {
    id: null,
    username,
    public_email: null,
    name: name ?? username,
    state: 'active',
    locked: false,
    avatar_url: null,
    web_url: null,
  };
}

function timeText(ms: number): string {
  return new Date(ms).toISOString();
}

function optionalTime(ms: number | null): string | null {
  return ms === null ? null : timeText(ms);
}
