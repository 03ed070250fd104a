import type { Config } from '../config.ts';
import { ApprovalService } from '../features/approvals/approval-service.ts';
import { ApprovalStore } from '../features/approvals/approval-store.ts';
import { InboxService } from '../features/approvals/inbox-service.ts';
import { WaitingStore } from '../features/approvals/waiting-store.ts';
import { AuditService } from '../features/audit/audit-service.ts';
import { AuditStore } from '../features/audit/audit-store.ts';
import { DeployPolicy } from '../features/deployments/deploy-policy.ts';
import { DeployService } from '../features/deployments/deploy-service.ts';
import { DeploymentRecordStore } from '../features/deployments/deployment-record-store.ts';
import { DeploymentService } from '../features/deployments/deployment-service.ts';
import { DeploymentStore } from '../features/deployments/deployment-store.ts';
import { RequestService } from '../features/deployments/request-service.ts';
import { RequestStore } from '../features/deployments/request-store.ts';
import { EnvironmentService } from '../features/environments/environment-service.ts';
import { EnvironmentStore } from '../features/environments/environment-store.ts';
import { EnvironmentUpkeepService } from '../features/environments/environment-upkeep-service.ts';
import { FreezePeriodService } from '../features/freeze-periods/freeze-period-service.ts';
import { FreezePeriodStore } from '../features/freeze-periods/freeze-period-store.ts';
import { GateService } from '../features/gates/gate-service.ts';
import { GateStore } from '../features/gates/gate-store.ts';
import { MatrixService } from '../features/matrix/matrix-service.ts';
import { MatrixStore } from '../features/matrix/matrix-store.ts';
import { ProtectionService } from '../features/protected-environments/protection-service.ts';
import { ProtectionStore } from '../features/protected-environments/protection-store.ts';
import type { Base, WiredLog } from './log-wiring.ts';

/** What is deployed where, and what stands between a deployment and its environment. */
export function wireDeployments(
  { database, clock }: Base,
  { lane, feed, structure }: WiredLog,
  { inactivateProduction: inactivatesProduction }: Pick<Config, 'inactivateProduction'>,
) {
  const protections = new ProtectionService(new ProtectionStore(database, structure), clock);
  const freezePeriods = new FreezePeriodService(new FreezePeriodStore(database, structure), clock);
  const environmentStore = new EnvironmentStore(database);
  const environments = new EnvironmentService(environmentStore, structure, clock);
  const environmentUpkeep = new EnvironmentUpkeepService(environmentStore, structure, protections, clock);
  const gates = new GateService(protections, freezePeriods, new GateStore(database), clock);
  const records = new DeploymentRecordStore(database.read);
  // Approvals move deployments on, and deployments ask for approvals: each is handed a function of the other.
  const missing = (deployment: Parameters<ApprovalService['missing']>[0]): Promise<number> =>
    approvals.missing(deployment);
  const policy = new DeployPolicy(lane, records, gates, missing, clock);
  const deploy = new DeployService(lane, records, policy, environments, clock);
  const requests = new RequestStore(database.read);
  const approvalStore = new ApprovalStore(database);
  const waiting = new WaitingStore(database.read);
  const advance: DeployService['advance'] = (id, to, by) => deploy.advance(id, to, by);
  const approvals = new ApprovalService(approvalStore, waiting, gates, advance, clock);
  return {
    protections,
    freezePeriods,
    environments,
    environmentUpkeep,
    gates,
    deploy,
    requests: new RequestService({ lane, records, requests, policy, clock, inactivatesProduction }),
    approvals,
    inbox: new InboxService(approvalStore, waiting, gates),
    audit: new AuditService(new AuditStore(database)),
    deployments: new DeploymentService(lane, new DeploymentStore(database.read), policy, clock),
    matrix: new MatrixService(new MatrixStore(database.read), feed, clock),
  };
}
