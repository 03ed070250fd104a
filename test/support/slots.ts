import type { DeploymentReport } from '../../src/contract/deployment-event.ts';
import type { MatrixSlot } from '../../src/contract/matrix.ts';
import { report } from './factories.ts';
import type { TestServer } from './server.ts';

/** Noon of 1 January 2026 and so many seconds, as reports write it. */
export function second(seconds: number): string {
  return new Date(Date.UTC(2026, 0, 1, 12, 0, seconds)).toISOString().replace('.000Z', 'Z');
}

/** One report in few words: which deployment, what became of it, when, and which version it says. */
export type Told = readonly [deploymentId: string, status: string, seconds: number, version?: string];

export function told(service: string, [deployment_id, status, seconds, version]: Told): DeploymentReport {
  const { version: _, ...rest } = report({ service, deployment_id, status, happened_at: second(seconds) });
  return { ...rest, ...(version === undefined ? {} : { version }) };
}

/** Tells a server of deployments of one service to production, one request each, in this order. */
export async function tell(server: TestServer, service: string, ...reports: readonly Told[]): Promise<void> {
  for (const one of reports) await server.client.record(told(service, one));
}

export async function slotOf(
  server: TestServer,
  service: string,
  environment = 'production',
): Promise<MatrixSlot | undefined> {
  const { rows } = await server.client.matrix({ service });
  return rows[0]?.slots[environment];
}

/** A slot in few words: who is shown where, at what status and version. */
export async function shortSlot(server: TestServer, service: string) {
  const slot = await slotOf(server, service);
  const short = (event: MatrixSlot['next']) =>
    event && [event.deployment_id, event.status, ...(event.version ? [event.version] : [])].join(' ');
  return (
    slot && {
      current: short(slot.current),
      ...(slot.last_successful ? { last_successful: short(slot.last_successful) } : {}),
      ...(slot.next ? { next: short(slot.next) } : {}),
      ...(slot.prev_failed === undefined ? {} : { prev_failed: slot.prev_failed }),
    }
  );
}
