import type { Config } from '../config.ts';
import { ApprovalService } from '../features/approvals/approval-service.ts';
import { ApprovalStore } from '../features/approvals/approval-store.ts';
import { InboxService } from '../features/approvals/inbox-service.ts';
import { ReleaseService } from '../features/approvals/release-service.ts';
import { WaitingStore } from '../features/approvals/waiting-store.ts';
import { AuditService } from '../features/audit/audit-service.ts';
import { AuditStore } from '../features/audit/audit-store.ts';
import { CommitStatusService } from '../features/commit-statuses/commit-status-service.ts';
import { CommitStatusStore } from '../features/commit-statuses/commit-status-store.ts';
import { RequiredContextsService } from '../features/commit-statuses/required-contexts-service.ts';
import { DeployPolicy } from '../features/deployments/deploy-policy.ts';
import { DeployService } from '../features/deployments/deploy-service.ts';
import { DeploymentRecordStore } from '../features/deployments/deployment-record-store.ts';
import { DeploymentService } from '../features/deployments/deployment-service.ts';
import { DeploymentStore } from '../features/deployments/deployment-store.ts';
import { RequestService } from '../features/deployments/request-service.ts';
import { RequestStore } from '../features/deployments/request-store.ts';
import { EnvironmentService } from '../features/environments/environment-service.ts';
import { EnvironmentSetupService } from '../features/environments/environment-setup-service.ts';
import { EnvironmentStore } from '../features/environments/environment-store.ts';
import { EnvironmentUpkeepService } from '../features/environments/environment-upkeep-service.ts';
import { KnownReviewers } from '../features/environments/known-reviewers.ts';
import { RefPolicyService } from '../features/environments/ref-policy-service.ts';
import { RefPolicyStore } from '../features/environments/ref-policy-store.ts';
import { FreezePeriodService } from '../features/freeze-periods/freeze-period-service.ts';
import { FreezePeriodStore } from '../features/freeze-periods/freeze-period-store.ts';
import { GateQuestionService } from '../features/gates/gate-question-service.ts';
import { GateService } from '../features/gates/gate-service.ts';
import { GateStore } from '../features/gates/gate-store.ts';
import { MatrixService } from '../features/matrix/matrix-service.ts';
import { MatrixStore } from '../features/matrix/matrix-store.ts';
import { ProtectionOverviewService } from '../features/protected-environments/protection-overview-service.ts';
import { ProtectionService } from '../features/protected-environments/protection-service.ts';
import { ProtectionStore } from '../features/protected-environments/protection-store.ts';
import type { Base, WiredLog } from './log-wiring.ts';
import type { WiredPeople } from './people-wiring.ts';

/** What is deployed where, and what stands between a deployment and its environment. */
export function wireDeployments(
  { database, clock, logger }: Base,
  { lane, feed, structure }: WiredLog,
  { directory, groups }: Pick<WiredPeople, 'directory' | 'groups'>,
  {
    inactivateProduction: inactivatesProduction,
    deployContexts,
  }: Pick<Config, 'inactivateProduction' | 'deployContexts'>,
) {
  // What a rule that changed does not hold back any more is let go before whoever changed it is answered.
  const rulesChanged: ReleaseService['afterChange'] = (projectId) => releases.afterChange(projectId);
  const protectionStore = new ProtectionStore(database, structure);
  const protections = new ProtectionService(protectionStore, clock, rulesChanged);
  const freezePeriods = new FreezePeriodService(new FreezePeriodStore(database, structure), clock, rulesChanged);
  const environmentStore = new EnvironmentStore(database);
  const refPolicies = new RefPolicyService(new RefPolicyStore(database), clock);
  const reviewers = new KnownReviewers(directory, groups);
  const environmentUpkeep = new EnvironmentUpkeepService(environmentStore, structure, protections, clock);
  const gates = new GateService(protections, freezePeriods, new GateStore(database), clock);
  const environments = new EnvironmentService(environmentStore, structure, gates, clock, rulesChanged);
  const records = new DeploymentRecordStore(database.read);
  // Approvals move deployments on, and deployments ask for approvals: each is handed a function of the other.
  const missing = (deployment: Parameters<ApprovalService['missing']>[0]): Promise<number> =>
    approvals.missing(deployment);
  const policy = new DeployPolicy(lane, records, gates, missing, clock);
  const deploy = new DeployService(lane, records, policy, environments, clock);
  const commitStatusStore = new CommitStatusStore(database);
  const requestStore = new RequestStore(database.read);
  const requests = new RequestService({
    lane,
    records,
    requests: requestStore,
    policy,
    refs: refPolicies,
    contexts: new RequiredContextsService(commitStatusStore),
    clock,
    inactivatesProduction,
  });
  const approvalStore = new ApprovalStore(database);
  const waiting = new WaitingStore(database.read);
  const advance: DeployService['advance'] = (id, to, by) => deploy.advance(id, to, by);
  const releases = new ReleaseService({
    store: approvalStore,
    waiting,
    gates,
    advance,
    clock,
    onError: (error) =>
      logger.warn({ err: error }, 'Deployments that may run could not be let go; the next minute tries again.'),
  });
  const approvals = new ApprovalService(approvalStore, waiting, gates, releases, clock);
  return {
    protections,
    protectionOverview: new ProtectionOverviewService(protectionStore, reviewers),
    freezePeriods,
    environments,
    environmentUpkeep,
    environmentSetup: new EnvironmentSetupService(environments, protections, refPolicies, reviewers),
    refPolicies,
    gates,
    gateQuestions: new GateQuestionService(gates, environments, reviewers, clock),
    deploy,
    requests,
    commitStatuses: new CommitStatusService(commitStatusStore, requests, deployContexts, clock),
    approvals,
    releases,
    inbox: new InboxService(approvalStore, waiting, gates),
    audit: new AuditService(new AuditStore(database)),
    deployments: new DeploymentService(lane, new DeploymentStore(database.read), policy, clock),
    matrix: new MatrixService(new MatrixStore(database.read), feed, clock),
  };
}
