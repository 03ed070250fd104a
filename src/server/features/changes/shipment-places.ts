import { compareEnvironments } from '../../../contract/tiers.ts';
import { groupedBy } from './grouped.ts';
import type { Shipment } from './shipment-types.ts';
import type { PlaceFacts } from './where-types.ts';

/**
 * Where something is that only deployments name: live where the deployment that runs is one of `withIt`. `live`: what runs
 * in all environments of their projects. Where another one runs, a version was replaced, but a commit may be in it all the
 * same: `otherwise` says what is asked for.
 */
export function placesOfShipments(
  withIt: readonly Shipment[],
  live: readonly Shipment[],
  otherwise: 'replaced' | 'unknown',
): PlaceFacts[] {
  const running = new Map(live.map((shipment) => [shipment.place.environmentId, shipment]));
  const found = groupedBy(withIt, ({ place }) => place.environmentId);
  const all = groupedBy([...withIt, ...live], ({ place }) => place.environmentId);
  const places = [...all].flatMap(([environmentId, shipments]): PlaceFacts[] => {
    const [any] = shipments;
    if (!any) return [];
    const group = found.get(environmentId) ?? [];
    const current = running.get(environmentId);
    const absent = group.length > 0 ? 'left' : 'never';
    const other = current && otherwise === 'unknown' ? 'unknown' : absent;
    const isLive = group.some(({ id }) => id === current?.id);
    const { projectId: id, namespace, service, environment: name, tier } = any.place;
    return [
      {
        project: { id, namespace, service },
        environment: { name, tier },
        state: isLive ? 'live' : other,
        firstId: group.toSorted((a, b) => a.at - b.at)[0]?.id,
        currentId: current?.id,
      },
    ];
  });
  return places.toSorted((a, b) => a.project.id - b.project.id || compareEnvironments(a.environment, b.environment));
}
