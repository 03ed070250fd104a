import type { DeploymentEvent, DeploymentQuery } from '../../contract/deployment-event.ts';

/** Whether a live event belongs to what a query lists, by the rules of `GET /api/deployments`. */
export function matchesQuery(event: DeploymentEvent, query: DeploymentQuery): boolean {
  const equal = (wanted: string | undefined, actual: string) => wanted === undefined || wanted === actual;
  const happened = Date.parse(event.happened_at);
  return (
    equal(query.service, event.service) &&
    equal(query.namespace, event.namespace ?? '') &&
    equal(query.environment, event.environment) &&
    equal(query.status, event.status) &&
    equal(query.deployment_id, event.deployment_id) &&
    (query.since === undefined || happened >= Date.parse(query.since)) &&
    (query.until === undefined || happened < Date.parse(query.until)) &&
    contains(event, query.q)
  );
}

function contains(event: DeploymentEvent, q: string | undefined): boolean {
  if (!q) return true;
  const wanted = q.toLowerCase();
  const { service, namespace, environment, version, status, actor, ref, sha, deployment_id, run_number } = event;
  return [service, namespace, environment, version, status, actor, ref, sha, deployment_id, run_number].some(
    (value) => value !== undefined && String(value).toLowerCase().includes(wanted),
  );
}
