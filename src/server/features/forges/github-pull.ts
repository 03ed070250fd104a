import { limits } from '../../../contract/limits.ts';
import type { Payload } from '../../payload.ts';
import { largestChangeNumber, type ToldChange } from '../changes/change-types.ts';

/**
 * A pull request as GitHub's webhooks and its API show it: docs.github.com, "REST API endpoints for pull requests". Throws
 * `validation_failed` where it is none.
 */
export function githubPull(payload: Payload, at: string): ToldChange {
  const mergedAt = payload.optionalMoment(`${at}/merged_at`);
  const isMerged = mergedAt !== null || payload.at(`${at}/merged`) === true;
  const { means: isOpen } = payload.word(`${at}/state`, states);
  return {
    number: payload.number(`${at}/number`, largestChangeNumber),
    title: payload.shortened(`${at}/title`, longestName) ?? undefined,
    description: payload.shortened(`${at}/body`, longestText),
    state: isMerged ? 'merged' : isOpen ? 'opened' : 'closed',
    author: authorOf(payload, `${at}/user/login`),
    sourceBranch: payload.shortened(`${at}/head/ref`, longestName),
    targetBranch: payload.shortened(`${at}/base/ref`, longestName),
    webUrl: payload.link(`${at}/html_url`, limits.runUrl),
    // Before it is merged this is a commit of a merge that was only tried.
    mergeCommitSha: isMerged ? payload.sha(`${at}/merge_commit_sha`) : undefined,
    headSha: payload.sha(`${at}/head/sha`),
    isDraft: payload.at(`${at}/draft`) === true,
    labels: payload.texts(`${at}/labels`, '/name'),
    mergedBy: mergerOf(payload, `${at}/merged_by`),
    mergedAt,
    closedAt: payload.optionalMoment(`${at}/closed_at`),
    createdAt: payload.moment(`${at}/created_at`),
    updatedAt: payload.moment(`${at}/updated_at`),
  };
}

const longestName = 1024;
const longestText = 65_536;

const states: ReadonlyMap<string, boolean> = new Map([
  ['open', true],
  ['closed', false],
]);

function authorOf(payload: Payload, at: string): ToldChange['author'] {
  const username = payload.shortened(at, longestName);
  return username === null ? undefined : { username, name: null };
}

/** Lists do not say who merged. */
function mergerOf(payload: Payload, at: string): string | null | undefined {
  return payload.at(at) === undefined ? undefined : payload.shortened(`${at}/login`, longestName);
}
