import { FreezePeriodsClient } from '../../client/freeze-periods-client.ts';
import { ProtectedEnvironmentsClient } from '../../client/protected-environments-client.ts';
import type { ShiplogClient } from '../../client/shiplog-client.ts';
import { accessLevels } from '../../contract/access-levels.ts';
import type { DeploymentReport } from '../../contract/deployment-event.ts';
import { dayMs } from './working-hours.ts';

const guardedEnvironment = 'production';
const mostGuarded = 4;

/** Where the demo asks for an approval: the production of some services, among them those where something waits. */
export class DemoGates {
  readonly #guarded: ReadonlySet<string>;
  readonly #frozen: string | undefined;

  constructor(history: readonly DeploymentReport[]) {
    const last = new Map(
      history.filter(({ environment }) => environment === guardedEnvironment).map((report) => [pathOf(report), report]),
    );
    const waiting = [...last].filter(([, { status }]) => status === 'waiting').map(([path]) => path);
    const others = [...last.keys()].filter((path) => !waiting.includes(path)).sort();
    this.#guarded = new Set([...waiting, ...others].slice(0, mostGuarded));
    this.#frozen = others.find((path) => !this.#guarded.has(path));
  }

  isGuarded(report: DeploymentReport): boolean {
    return report.environment === guardedEnvironment && this.#guarded.has(pathOf(report));
  }

  /** Sets them up on a server that has the history. The freeze begins in ten days. */
  async setUp({ requests }: ShiplogClient, now: number): Promise<void> {
    const protections = new ProtectedEnvironmentsClient(requests);
    for (const project of this.#guarded)
      await protections.protect(
        { project },
        {
          name: guardedEnvironment,
          deployers: [{ level: accessLevels.developer }],
          required_approval_count: 1,
        },
      );
    if (this.#frozen === undefined) return;
    const freeze = { freeze_start: yearly(now + 10 * dayMs, 18), freeze_end: yearly(now + 13 * dayMs, 6) };
    await new FreezePeriodsClient(requests).create(this.#frozen, freeze);
  }
}

/** As a line of cron, in UTC. */
function yearly(at: number, hour: number): string {
  const day = new Date(at);
  return `0 ${hour} ${day.getUTCDate()} ${day.getUTCMonth() + 1} *`;
}

function pathOf({ namespace, service }: DeploymentReport): string {
  return namespace ? `${namespace}/${service}` : service;
}
