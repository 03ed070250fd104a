import { limits } from '../../../contract/limits.ts';
import type { Payload } from '../../payload.ts';
import { type ChangeAuthor, type ChangeState, largestChangeNumber, type ToldChange } from '../changes/change-types.ts';

/** A merge request as GitLab's API shows it: docs.gitlab.com, "Merge requests API". Throws `validation_failed` where it is none. */
export function gitlabMergeRequest(payload: Payload, at: string): ToldChange {
  const username = payload.shortened(`${at}/author/username`, longestName);
  const author =
    username === null ? undefined : { username, name: payload.shortened(`${at}/author/name`, longestName) };
  return {
    ...gitlabFacts(payload, at),
    author,
    webUrl: payload.link(`${at}/web_url`, limits.runUrl),
    headSha: payload.sha(`${at}/sha`),
    labels: payload.texts(`${at}/labels`, ''),
    mergedBy:
      payload.shortened(`${at}/merge_user/username`, longestName) ??
      payload.shortened(`${at}/merged_by/username`, longestName),
    mergedAt: payload.optionalMoment(`${at}/merged_at`),
    closedAt: payload.optionalMoment(`${at}/closed_at`),
  };
}

/** As GitLab's webhooks show it: docs.gitlab.com, "Webhook events", "Merge request events". */
export function gitlabHookedMergeRequest(payload: Payload): ToldChange {
  const at = '/object_attributes';
  const facts = gitlabFacts(payload, at);
  const action = payload.optionalText(`${at}/action`, longestName) ?? '';
  const actor = payload.shortened('/user/username', longestName);
  return {
    ...facts,
    author: hookedAuthor(payload, at),
    webUrl: payload.link(`${at}/url`, limits.runUrl),
    headSha: payload.sha(`${at}/last_commit/id`),
    labels: payload.texts('/labels', '/title'),
    ...(action === 'merge' ? { mergedBy: actor, mergedAt: facts.updatedAt } : {}),
    ...(action === 'close' ? { closedAt: facts.updatedAt } : {}),
    ...(action === 'reopen' ? { closedAt: null } : {}),
  };
}

const longestName = 1024;
const longestText = 65_536;

/** Who acts is named, and the author only by a number: they are known to be the same where the numbers are. */
function hookedAuthor(payload: Payload, at: string): ChangeAuthor | undefined {
  const id = payload.at('/user/id');
  if (typeof id !== 'number' || id !== payload.at(`${at}/author_id`)) return undefined;
  const username = payload.shortened('/user/username', longestName);
  return username === null ? undefined : { username, name: payload.shortened('/user/name', longestName) };
}

function gitlabFacts(payload: Payload, at: string) {
  const draft = payload.at(`${at}/draft`) ?? payload.at(`${at}/work_in_progress`);
  return {
    number: payload.number(`${at}/iid`, largestChangeNumber),
    title: payload.shortened(`${at}/title`, longestName) ?? undefined,
    description: payload.shortened(`${at}/description`, longestText),
    state: payload.word(`${at}/state`, states).means,
    sourceBranch: payload.shortened(`${at}/source_branch`, longestName),
    targetBranch: payload.shortened(`${at}/target_branch`, longestName),
    mergeCommitSha: payload.sha(`${at}/merge_commit_sha`),
    squashCommitSha: payload.sha(`${at}/squash_commit_sha`),
    isDraft: typeof draft === 'boolean' ? draft : undefined,
    createdAt: payload.moment(`${at}/created_at`),
    updatedAt: payload.moment(`${at}/updated_at`),
  };
}

const states: ReadonlyMap<string, ChangeState> = new Map([
  ['opened', 'opened'],
  ['reopened', 'opened'],
  ['closed', 'closed'],
  ['locked', 'locked'],
  ['merged', 'merged'],
]);
