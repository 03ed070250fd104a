import type { DeploymentEvent, DeploymentReport } from '../../../contract/deployment-event.ts';
import { statusOfNative, statusTable } from '../../../contract/statuses.ts';
import type { Report } from '../../features/deployments/deployment-service.ts';
import type { PlacedEvent } from '../../log/append-request.ts';
import { type DeploymentState, type Mark, markOf } from '../../log/fold-deployment.ts';
import type { Place } from '../../log/places.ts';

/** A stored event as this API shows it. Absent fields are left out. */
export function eventView({ event, place }: PlacedEvent): DeploymentEvent {
  return factsView(place, event.deploymentKey ?? String(event.deploymentId), markOf(event));
}

/** A deployment at one of its marks, in the same shape: with all that was known of it then. */
export function markView(place: Place, { key, id }: DeploymentState, mark: Mark): DeploymentEvent {
  return factsView(place, key ?? String(id), mark);
}

function factsView(place: Place, deploymentId: string, mark: Mark): DeploymentEvent {
  const { version, runUrl, runNumber, actor, ref, sha, parents } = mark.details;
  return {
    id: mark.eventId,
    position: mark.position,
    deployment_id: deploymentId,
    service: place.service,
    ...(place.namespace === '' ? {} : { namespace: place.namespace }),
    environment: place.environment,
    status: statusTable[mark.status].native,
    happened_at: timeText(mark.at),
    ...(version === null ? {} : { version }),
    ...(runUrl === null ? {} : { run_url: runUrl }),
    ...(runNumber === null ? {} : { run_number: runNumber }),
    ...(actor === null ? {} : { actor }),
    ...(ref === null ? {} : { ref }),
    ...(sha === null ? {} : { sha }),
    ...(parents === null ? {} : { parent_deployments: [...parents] }),
    ...(mark.reporter === null ? {} : { progress_reporter: mark.reporter }),
    ...(mark.clockSkew ? { clock_skew: true } : {}),
  };
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
    details: {
      version: report.version ?? null,
      runUrl: report.run_url ?? null,
      runNumber: report.run_number === undefined ? null : Number(report.run_number),
      actor: report.actor ?? null,
      ref: report.ref ?? null,
      sha: report.sha ?? null,
      // An empty list says the same as none.
      parents: report.parent_deployments?.length ? report.parent_deployments : null,
    },
  };
}
