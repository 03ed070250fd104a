import { describe, expect, it } from 'vitest';
import type { DeploymentReport } from '../../contract/deployment-event.ts';
import { generateFleet } from './generate-fleet.ts';
import { LiveFleet } from './live-fleet.ts';
import { Random } from './random.ts';

const now = Date.parse('2026-11-20T22:00:00Z');

/** The first report of each deployment, in the order in which they were begun, and the moment each had success. */
interface Story {
  readonly deployments: readonly DeploymentReport[];
  readonly successes: ReadonlyMap<string, number>;
}

describe.each([
  { seed: 1, services: 40, days: 90 },
  { seed: 2, services: 40, days: 30 },
  { seed: 1, services: 5, days: 2 },
])('the story of the demo with %j', (options) => {
  const { deployments, successes } = storyOf(options);
  const byId = new Map(deployments.map((deployment) => [deployment.deployment_id, deployment]));
  const doneAt = ({ deployment_id: id }: DeploymentReport) => successes.get(id) ?? Number.POSITIVE_INFINITY;

  it('puts nowhere but to the first environment what was not a success in the one before', () => {
    const strange = deployments.filter((deployment) => {
      const parents = (deployment.parent_deployments ?? []).flatMap((id) => byId.get(id) ?? []);
      const hasOrigin = deployment.environment === 'dev' ? parents.length === 0 : parents.length === 1;
      const isSame = parents.every(({ service, version, sha }) =>
        [service === deployment.service, version === deployment.version, sha === deployment.sha].every(Boolean),
      );
      return !hasOrigin || !isSame || parents.some((parent) => doneAt(parent) > Date.parse(deployment.happened_at));
    });
    expect(strange).toEqual([]);
  });

  it('asks for nothing older than what was live, but where somebody on call rolls back', () => {
    const strange = [...lanesOf(deployments).values()].flatMap((lane) =>
      lane.filter((deployment) => {
        const begun = Date.parse(deployment.happened_at);
        const before = lane.filter((other) => doneAt(other) <= begun);
        return !deployment.actor?.startsWith('oncall-') && before.some((other) => orderOf(other) > orderOf(deployment));
      }),
    );
    expect(strange).toEqual([]);
  });

  it('counts the runs of each service, and gives each version to one commit', () => {
    const runs = deployments.map(({ service, run_number: run }) => `${service} #${run}`);
    expect(new Set(runs).size).toBe(runs.length);
    const versions = new Set(deployments.map(({ service, version }) => `${service} ${version}`));
    expect(new Set(deployments.map(({ sha }) => sha)).size).toBe(versions.size);
  });
});

function storyOf(options: { readonly seed: number; readonly services: number; readonly days: number }): Story {
  const history = generateFleet({ ...options, now });
  const live = new LiveFleet(history, new Random('live'), ({ service }) => service < 'f');
  const happening = Array.from({ length: 1000 }, (_, index) => live.next(now + index * 3000) ?? []).flat();
  const deployments = new Map<string, DeploymentReport>();
  const successes = new Map<string, number>();
  for (const report of [...history, ...happening]) {
    const { deployment_id: id, status, happened_at: at } = report;
    if (!deployments.has(id)) deployments.set(id, report);
    if (status === 'success') successes.set(id, Date.parse(at));
  }
  return { deployments: [...deployments.values()], successes };
}

function lanesOf(deployments: readonly DeploymentReport[]): ReadonlyMap<string, DeploymentReport[]> {
  const lanes = new Map<string, DeploymentReport[]>();
  for (const deployment of deployments) {
    const key = `${deployment.service} ${deployment.environment}`;
    lanes.set(key, [...(lanes.get(key) ?? []), deployment]);
  }
  return lanes;
}

/** A number by which versions can be compared. */
function orderOf({ version = '' }: DeploymentReport): number {
  return version.split('.').reduce((sum, part) => sum * 10_000 + Number(part), 0);
}
