import type { DeploymentReport } from '../../src/contract/deployment-event.ts';

let made = 0;

/** A valid report of a deployment of its own; tell only what the test is about. */
export function report(overrides: Partial<DeploymentReport> = {}): DeploymentReport {
  made += 1;
  return {
    deployment_id: `test-${process.pid}-${made}`,
    service: 'checkout',
    environment: 'production',
    status: 'success',
    happened_at: new Date().toISOString(),
    version: `1.0.${made}`,
    ...overrides,
  };
}
