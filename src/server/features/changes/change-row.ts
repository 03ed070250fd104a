import type { ChangeTable } from '../../db/tables/changes.ts';
import type { Change, ChangeState } from './change-types.ts';

/** What is known of a change, as it is stored. */
export type ChangeFacts = Omit<ChangeTable, 'id' | 'project_id' | 'number' | 'draft' | 'told'> & {
  readonly draft: number;
};
export type ChangeRow = ChangeFacts & {
  readonly id: number;
  readonly project_id: number;
  readonly number: number;
  readonly told: string;
};

export function changeOf(row: ChangeRow): Change {
  const { author_username: username, author_name: name } = row;
  return {
    id: row.id,
    projectId: row.project_id,
    number: row.number,
    title: row.title,
    description: row.description,
    state: row.state as ChangeState, // one was stored
    author: username === null && name === null ? null : { username, name },
    sourceBranch: row.source_branch,
    targetBranch: row.target_branch,
    webUrl: row.web_url,
    mergeCommitSha: row.merge_commit_sha,
    squashCommitSha: row.squash_commit_sha,
    headSha: row.head_sha,
    isDraft: row.draft === 1,
    labels: JSON.parse(row.labels),
    mergedBy: row.merged_by,
    mergedAt: row.merged_at,
    closedAt: row.closed_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
