import type { DeploymentReport } from '../../src/contract/deployment-event.ts';

const services = [
  ['commerce', 'checkout'],
  ['commerce', 'payments'],
  ['commerce', 'catalog'],
  ['commerce', 'pricing'],
  ['data', 'ledger'],
  ['data', 'reports'],
  ['platform', 'gateway'],
  ['platform', 'identity'],
  ['platform', 'scheduler'],
  [undefined, 'search'],
] as const;
const environments = ['dev', 'qa', 'staging', 'production'] as const;
const people = ['release-lead', 'data-oncall', 'renovate[bot]', 'commerce-dev'] as const;

/** A small fleet with each state a slot can be in: for pictures, and for checks that want something of everything. */
export function fleet(now: number): DeploymentReport[] {
  return services.flatMap(([namespace, service], row) =>
    environments.flatMap((environment, column) => {
      const base = {
        ...(namespace === undefined ? {} : { namespace }),
        service,
        environment,
        ref: row % 4 === 3 ? 'release/2026-11' : 'main',
        actor: people[(row + column) % people.length] ?? 'release-lead',
      };
      const step = (version: number, status: string, minutesAgo: number): DeploymentReport => ({
        ...base,
        deployment_id: `ci-${row}${column}${version}`,
        version: `${1 + (row % 3)}.${20 + version}.0`,
        sha: `${row}${column}${version}`.padEnd(40, 'a1b2c3d4e5'),
        run_url: `https://ci.example/runs/${row}${column}${version}`,
        run_number: 300 + row * 10 + version,
        status,
        happened_at: new Date(now - minutesAgo * 60_000).toISOString(),
      });
      const lag = column * 400;
      const reports = [0, 1, 2]
        .filter((version) => version + (row % 3) * Number(column === 3) < 3)
        .flatMap((version) => [
          step(version, 'in-progress', 4000 - version * 900 - lag + 5),
          step(version, 'success', 4000 - version * 900 - lag),
        ]);
      const states: Readonly<Record<number, DeploymentReport>> = {
        1: step(4, 'in-progress', 3),
        6: step(4, 'failure', 25),
        11: step(4, 'waiting', 12),
        13: step(4, 'waiting', 2000), // told before the newest success
        17: step(4, 'in-progress', 200),
        23: step(4, 'rejected', 30),
        26: step(4, 'failure', 90),
      };
      const now4 = states[row * 4 + column];
      return now4 ? [...reports, now4] : reports;
    }),
  );
}
