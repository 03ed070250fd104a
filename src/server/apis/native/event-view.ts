import type { DeploymentEvent, DeploymentReport } from '../../../contract/deployment-event.ts';
import { statusOfNative, statusTable } from '../../../contract/statuses.ts';
import type { Report } from '../../features/deployments/deployment-service.ts';
import type { PlacedEvent } from '../../log/append-request.ts';
import { completeDetails } from '../../log/event.ts';
import { type DeploymentState, type Mark, markOf } from '../../log/fold-deployment.ts';
import type { ReadPlace } from '../../log/places.ts';

/** A stored event as this API shows it. Absent fields are left out. */
export function eventView({ event, place }: PlacedEvent): DeploymentEvent {
  const { deploymentId, deploymentKey, flags } = event;
  return factsView(place, { id: deploymentId, key: deploymentKey, flags }, markOf(event));
}

/** A deployment at one of its marks, in the same shape: with all that was known of it then. */
export function markView(place: ReadPlace, deployment: DeploymentState, mark: Mark): DeploymentEvent {
  return factsView(place, deployment, mark);
}

/** In one literal: it is made for every event. What is undefined is left out of the JSON. */
function factsView(
  { service, namespace, environment }: ReadPlace,
  { id, key, flags }: Pick<DeploymentState, 'id' | 'key' | 'flags'>,
  mark: Mark,
): DeploymentEvent {
  const { version, runUrl, runNumber, actor, ref, sha, parents, description, kind } = mark.details;
  const isFlagged = flags.length > 0;
  return {
    id: mark.eventId,
    position: mark.position,
    deployment_id: key ?? String(id),
    deployment_number: id,
    service,
    namespace: namespace === '' ? undefined : namespace,
    environment,
    status: statusTable[mark.status].native,
    happened_at: timeText(mark.at),
    version: version ?? undefined,
    run_url: runUrl ?? undefined,
    run_number: runNumber ?? undefined,
    actor: actor ?? undefined,
    ref: ref ?? undefined,
    sha: sha ?? undefined,
    parent_deployments: parents ?? undefined,
    progress_reporter: mark.reporter ?? undefined,
    clock_skew: mark.clockSkew || undefined,
    description: description ?? undefined,
    kind: kind ?? undefined,
    unapproved: (isFlagged && flags.includes('unapproved')) || undefined,
    during_freeze: (isFlagged && flags.includes('frozen')) || undefined,
  } as DeploymentEvent; // which has no field that is undefined once it is JSON
}

/** RFC 3339 in UTC, with milliseconds only where there are some. */
export function timeText(ms: number): string {
  const text = new Date(ms).toISOString();
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text;
}

/** A checked report in the words of the domain. */
export function reportOf(report: DeploymentReport, reporter: string | undefined): Report {
  const status = statusOfNative(report.status);
  if (!status) throw new RangeError(`The schema let the status ${report.status} through.`);
  return {
    namespace: report.namespace ?? '',
    service: report.service,
    environment: report.environment,
    key: report.deployment_id,
    status,
    word: report.status,
    dialect: 'native',
    happenedAt: Date.parse(report.happened_at),
    reporter: reporter ?? null,
    details: completeDetails({
      version: report.version ?? null,
      runUrl: report.run_url ?? null,
      runNumber: report.run_number === undefined ? null : Number(report.run_number),
      actor: report.actor ?? null,
      ref: report.ref ?? null,
      sha: report.sha ?? null,
      // An empty list says the same as none.
      parents: report.parent_deployments?.length ? report.parent_deployments : null,
    }),
  };
}
