import type { DeploymentReport } from '../../contract/deployment-event.ts';
import { demoServices } from './catalogue.ts';
import { openingReports, placeOpenings } from './openings.ts';
import { Random } from './random.ts';
import { ServiceHistory } from './service-history.ts';
import { dayMs } from './working-hours.ts';

export interface FleetOptions {
  readonly seed: number | string;
  /** The moment the history leads up to, in epoch milliseconds. */
  readonly now: number;
  readonly services: number;
  readonly days: number;
}

/**
 * A believable history: services with their releases, promotions, failures and rollbacks, and at its end deployments
 * that run, wait and hang. Sorted by happened_at. The same options always give the same reports; neither the clock nor
 * the system's random numbers are read.
 */
export function generateFleet({ seed, now, services: count, days }: FleetOptions): DeploymentReport[] {
  const services = demoServices(count, seed);
  const placements = placeOpenings(services, new Random(`${seed} openings`));
  const histories = new Map(
    services.map((service) => {
      const random = new Random(`${seed} history ${service.namespace}/${service.name}`);
      return [service, new ServiceHistory({ service, random, from: now - days * dayMs, until: now })] as const;
    }),
  );
  // First what is open, which takes back what would be at odds with it.
  const present = placements.flatMap((placement) => {
    const history = histories.get(placement.service);
    return history ? openingReports(placement, history, now) : [];
  });
  const past = [...histories.values()].flatMap((history) => history.reports);
  return [...past, ...present].sort(byMoment);
}

function byMoment(a: DeploymentReport, b: DeploymentReport): number {
  return a.happened_at < b.happened_at ? -1 : a.happened_at > b.happened_at ? 1 : 0;
}
