import { limits } from '../../../contract/limits.ts';
import type { Status } from '../../../contract/statuses.ts';
import { githubPull } from '../../features/forges/github-pull.ts';
import type { Interpret, Meaning, ToldFact } from '../../features/incoming/incoming-types.ts';
import { completeDetails } from '../../log/event.ts';
import { Payload, unknownEvent } from '../../payload.ts';
import { githubJson } from './github-sender.ts';
import { refuseShiplog } from './sender.ts';

const longestName = 255;

/** What is told of a deployment in GitHub's words. */
const statuses: ReadonlyMap<string, Status> = new Map([
  ['pending', 'pending'],
  ['queued', 'queued'],
  ['waiting', 'waiting'],
  ['in_progress', 'running'],
  ['success', 'success'],
  ['failure', 'failed'],
  ['error', 'failed'],
  ['inactive', 'inactive'],
]);

const meanings: Readonly<Record<string, (payload: Payload) => Meaning>> = {
  ping: () => ({ kind: 'nothing' }),
  deployment: (payload) => ({ kind: 'fact', fact: creationOf(payload) }),
  deployment_status: (payload) => ({ kind: 'fact', fact: statusOf(payload) }),
  push: () => ({ kind: 'push' }),
  pull_request: (payload) => ({ kind: 'change', change: githubPull(payload, '/pull_request') }),
  workflow_run: () => ({ kind: 'kept' }),
};

/** What a webhook of GitHub says: docs.github.com, "Webhook events and payloads". */
export const githubMeaning: Interpret = ({ event, headers, body }) => {
  refuseShiplog({ headers });
  const meaning = Object.hasOwn(meanings, event) ? meanings[event] : undefined;
  if (!meaning) throw unknownEvent(event);
  return meaning(Payload.parse(githubJson(headers['content-type'], body)));
};

/** Not the word `created`: nobody asked this server to have it carried out. */
function creationOf(payload: Payload): ToldFact {
  return {
    ...placeOf(payload),
    status: 'pending',
    word: 'pending',
    happenedAt: payload.moment('/deployment/created_at'),
    details: completeDetails({
      ...revisionOf(payload),
      actor: payload.optionalText('/deployment/creator/login', limits.actor),
      description: payload.shortened('/deployment/description', limits.description),
    }),
  };
}

function statusOf(payload: Payload): ToldFact {
  const { word, means: status } = payload.word('/deployment_status/state', statuses);
  const description = payload.shortened('/deployment_status/description', limits.description);
  return {
    ...placeOf(payload),
    status,
    word,
    happenedAt: payload.moment('/deployment_status/created_at'),
    details: completeDetails({
      ...revisionOf(payload),
      // Who asked for the deployment tells more than the bot that follows it.
      actor:
        payload.optionalText('/deployment/creator/login', limits.actor) ??
        payload.optionalText('/deployment_status/creator/login', limits.actor),
      description,
      runUrl:
        payload.link('/deployment_status/log_url', limits.runUrl) ??
        payload.link('/deployment_status/target_url', limits.runUrl),
    }),
    extra: {
      note: {
        description,
        environmentUrl: payload.link('/deployment_status/environment_url', limits.runUrl),
        environment: payload.optionalText('/deployment_status/environment', longestName),
      },
    },
  };
}

/** A status may name another environment than the deployment was made for, and then the deployment shows that one. */
function placeOf(payload: Payload) {
  const environment =
    payload.optionalText('/deployment/original_environment', longestName) ??
    payload.text('/deployment/environment', longestName);
  return {
    environment,
    key: `github-${payload.id('/deployment/id')}`,
    dialect: 'github' as const,
    reporter: 'github-webhook',
  };
}

function revisionOf(payload: Payload) {
  return {
    ref: payload.optionalText('/deployment/ref', limits.ref),
    sha: payload.optionalText('/deployment/sha', limits.sha),
  };
}
