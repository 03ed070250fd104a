import { limits } from '../../../contract/limits.ts';
import type { Status } from '../../../contract/statuses.ts';
import { gitlabHookedMergeRequest } from '../../features/forges/gitlab-merge-request.ts';
import type { Interpret, Meaning } from '../../features/incoming/incoming-types.ts';
import { completeDetails } from '../../log/event.ts';
import { Payload, unknownEvent } from '../../payload.ts';
import { refuseShiplog } from './sender.ts';

const longestName = 255;

/** null: it is about approvals, and the deployment stays what it is. */
const statuses: ReadonlyMap<string, Status | null> = new Map([
  ['created', 'pending'],
  ['blocked', 'waiting'],
  ['running', 'running'],
  ['success', 'success'],
  ['failed', 'failed'],
  ['canceled', 'canceled'],
  ['skipped', 'skipped'],
  ['rejected', 'rejected'],
  ['approved', null],
  ['unapproved', null],
]);

const meanings: Readonly<Record<string, (payload: Payload) => Meaning>> = {
  deployment: deploymentMeaning,
  push: () => ({ kind: 'push' }),
  tag_push: () => ({ kind: 'push' }),
  merge_request: (payload) => ({ kind: 'change', change: gitlabHookedMergeRequest(payload) }),
};

/** What a webhook of GitLab says: docs.gitlab.com, "Webhook events". */
export const gitlabMeaning: Interpret = ({ event, headers, body }) => {
  refuseShiplog({ headers });
  const payload = Payload.parse(body);
  const meaning = Object.hasOwn(meanings, event) ? meanings[event] : undefined;
  if (!meaning) throw unknownEvent(event);
  return meaning(payload);
};

function deploymentMeaning(payload: Payload): Meaning {
  const { word, means: status } = payload.word('/status', statuses);
  if (status === null) return { kind: 'kept' };
  const fact = {
    environment: payload.text('/environment', longestName),
    key: `gitlab-${payload.id('/deployment_id')}`,
    status,
    word,
    dialect: 'gitlab' as const,
    happenedAt: payload.moment('/status_changed_at'),
    reporter: 'gitlab-webhook',
    details: completeDetails({
      ref: payload.optionalText('/ref', limits.ref),
      sha: shaOf(payload),
      actor: payload.optionalText('/user/username', limits.actor),
      runUrl: payload.link('/deployable_url', limits.runUrl),
    }),
  };
  return { kind: 'fact', fact };
}

/** The whole commit is told only as the end of a link. */
function shaOf(payload: Payload): string | null {
  const [, whole] = /\/commit\/([0-9a-f]{40,64})$/.exec(payload.link('/commit_url', limits.runUrl) ?? '') ?? [];
  return whole ?? payload.optionalText('/short_sha', limits.sha);
}
