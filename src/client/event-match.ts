import type { DeploymentEvent, DeploymentQuery } from '../contract/deployment-event.ts';
import { hasWords, searchWords } from '../contract/search-words.ts';
import { statusOfNative } from '../contract/statuses.ts';

/**
 * Whether a live event belongs to what a query lists, by the rules of `GET /api/deployments`. Words that a tool had for a
 * status are found by the server only: no event tells them.
 */
export function matchesQuery(event: DeploymentEvent, query: DeploymentQuery): boolean {
  const equal = (wanted: string | undefined, actual: string) => wanted === undefined || wanted === actual;
  const happened = Date.parse(event.happened_at);
  return (
    equal(query.service, event.service) &&
    equal(query.namespace, event.namespace ?? '') &&
    equal(query.environment, event.environment) &&
    (query.status === undefined || query.status.split(',').includes(event.status)) &&
    equal(query.deployment_id, event.deployment_id) &&
    (query.since === undefined || happened >= Date.parse(query.since)) &&
    (query.until === undefined || happened < Date.parse(query.until)) &&
    hasWords(searchWords(query.q ?? ''), textsOf(event))
  );
}

function textsOf({ service, namespace, environment, version, status, ...event }: DeploymentEvent) {
  const { actor, ref, sha, deployment_id: id, run_number: run } = event;
  return [service, namespace, environment, version, status, statusOfNative(status), actor, ref, sha, id, run];
}
