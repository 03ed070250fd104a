import { ShiplogClient } from '../src/client/shiplog-client.ts';
import type { DeploymentReport } from '../src/contract/deployment-event.ts';
import { adminToken } from './processes.ts';

export interface SeedPlan {
  readonly services: number;
  readonly environments: readonly string[];
  readonly events: number;
  /** Number of the first event, to go on where an earlier plan ended. */
  readonly from?: number;
}

const batchSize = 1000;

/** Fills a server: each event is a successful deployment, spread evenly over the lanes, a second apart. */
export async function seed(url: string, { services, environments, events, from = 0 }: SeedPlan): Promise<void> {
  const client = new ShiplogClient({ baseUrl: url, token: adminToken, timeoutMs: 120_000 });
  const start = Date.now() - 400 * 24 * 3_600_000;
  for (let first = from; first < from + events; first += batchSize) {
    const count = Math.min(batchSize, from + events - first);
    await client.recordBatch(
      Array.from({ length: count }, (_, index) => reportAt(first + index, services, environments, start)),
    );
  }
}

function reportAt(index: number, services: number, environments: readonly string[], start: number): DeploymentReport {
  const lane = index % (services * environments.length);
  const service = lane % services;
  return {
    deployment_id: `seed-${index}`,
    service: `service-${service}`,
    namespace: `team-${service % 12}`,
    environment: environments[Math.floor(lane / services)] ?? 'dev',
    status: 'success',
    happened_at: new Date(start + index * 1000).toISOString(),
    version: `1.${Math.floor(index / 4000)}.${index % 10}`,
    run_url: `https://ci.example/runs/${index}`,
    run_number: index,
    actor: 'deploy-bot',
    ref: 'main',
    sha: index.toString(16).padStart(40, '0'),
  };
}
