import { gitlabHookShape } from './apis/gitlab/deployment-hook-view.ts';
import { deploymentFrame } from './apis/native/stream-routes.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import { openDatabase } from './db/open-database.ts';
import { ApprovalService } from './features/approvals/approval-service.ts';
import { ApprovalStore } from './features/approvals/approval-store.ts';
import { InboxService } from './features/approvals/inbox-service.ts';
import { WaitingStore } from './features/approvals/waiting-store.ts';
import { AuditService } from './features/audit/audit-service.ts';
import { AuditStore } from './features/audit/audit-store.ts';
import { DeployPolicy } from './features/deployments/deploy-policy.ts';
import { DeployService } from './features/deployments/deploy-service.ts';
import { DeploymentRecordStore } from './features/deployments/deployment-record-store.ts';
import { DeploymentService } from './features/deployments/deployment-service.ts';
import { DeploymentStore } from './features/deployments/deployment-store.ts';
import { EnvironmentService } from './features/environments/environment-service.ts';
import { EnvironmentStore } from './features/environments/environment-store.ts';
import { EnvironmentUpkeepService } from './features/environments/environment-upkeep-service.ts';
import { FetcherStateService } from './features/fetcher-states/fetcher-state-service.ts';
import { FetcherStateStore } from './features/fetcher-states/fetcher-state-store.ts';
import { FreezePeriodService } from './features/freeze-periods/freeze-period-service.ts';
import { FreezePeriodStore } from './features/freeze-periods/freeze-period-store.ts';
import { GateService } from './features/gates/gate-service.ts';
import { GateStore } from './features/gates/gate-store.ts';
import { GroupService, type RemoveProject } from './features/groups/group-service.ts';
import { GroupStore } from './features/groups/group-store.ts';
import { MatrixService } from './features/matrix/matrix-service.ts';
import { MatrixStore } from './features/matrix/matrix-store.ts';
import { MemberService } from './features/members/member-service.ts';
import { MemberStore } from './features/members/member-store.ts';
import { MembershipStore } from './features/members/membership-store.ts';
import { ProjectService } from './features/projects/project-service.ts';
import { ProjectStore } from './features/projects/project-store.ts';
import { RememberedProjects } from './features/projects/remembered-projects.ts';
import { ProtectionService } from './features/protected-environments/protection-service.ts';
import { ProtectionStore } from './features/protected-environments/protection-store.ts';
import { AdminToken } from './features/sessions/admin-token.ts';
import { SessionService } from './features/sessions/session-service.ts';
import { SessionStore } from './features/sessions/session-store.ts';
import { AccessTokenService } from './features/tokens/access-token-service.ts';
import { TokenService } from './features/tokens/token-service.ts';
import { TokenStore } from './features/tokens/token-store.ts';
import { UserDirectoryService } from './features/users/user-directory-service.ts';
import { UserDirectoryStore } from './features/users/user-directory-store.ts';
import { UserService } from './features/users/user-service.ts';
import { UserStore } from './features/users/user-store.ts';
import { deliveryReport } from './features/webhooks/delivery-report.ts';
import { deliveryRetention } from './features/webhooks/delivery-retention.ts';
import { DeliverySender } from './features/webhooks/delivery-sender.ts';
import { DeliveryService } from './features/webhooks/delivery-service.ts';
import { DeliveryStore } from './features/webhooks/delivery-store.ts';
import { Dispatcher } from './features/webhooks/dispatcher.ts';
import { HookStore } from './features/webhooks/hook-store.ts';
import { NoticeExpander } from './features/webhooks/notice-expander.ts';
import { NoticeStore } from './features/webhooks/notice-store.ts';
import { WebhookService } from './features/webhooks/webhook-service.ts';
import { type Authenticator, RememberedAuthenticator } from './http/authentication.ts';
import { OutgoingAddresses, type ResolveHost } from './http/outgoing-address.ts';
import { OutgoingRequests } from './http/outgoing-requests.ts';
import { StreamHub } from './http/stream-hub.ts';
import { createIdSource, type IdSource } from './ids.ts';
import { JobRunner } from './jobs/job-runner.ts';
import { LeaseStore } from './jobs/lease-store.ts';
import { AppendLane } from './log/append-lane.ts';
import { keyRetention } from './log/key-retention.ts';
import { LiveFeed } from './log/live-feed.ts';
import { logStore } from './log/log-store.ts';
import { Structure } from './log/structure.ts';
import { createLogger, type Logger } from './logger.ts';
import { Metrics } from './metrics.ts';
import { SecretBox } from './secret-box.ts';
import { version } from './version.ts';

/** Everything the server is made of, built once. Nothing here listens or runs by itself until `start`. */
export interface Context extends AsyncDisposable {
  readonly clock: Clock;
  readonly newId: IdSource;
  readonly logger: Logger;
  readonly database: Database;
  readonly lane: AppendLane;
  readonly feed: LiveFeed;
  readonly streams: StreamHub;
  readonly jobs: JobRunner;
  readonly metrics: Metrics;
  readonly authenticator: RememberedAuthenticator;
  readonly structure: Structure;
  readonly environments: EnvironmentService;
  readonly environmentUpkeep: EnvironmentUpkeepService;
  readonly deployments: DeploymentService;
  readonly deploy: DeployService;
  readonly gates: GateService;
  readonly protections: ProtectionService;
  readonly freezePeriods: FreezePeriodService;
  readonly approvals: ApprovalService;
  readonly inbox: InboxService;
  readonly audit: AuditService;
  readonly matrix: MatrixService;
  readonly projects: ProjectService;
  readonly groups: GroupService;
  readonly members: MemberService;
  readonly directory: UserDirectoryService;
  readonly accessTokens: AccessTokenService;
  readonly tokens: TokenService;
  readonly users: UserService;
  readonly sessions: SessionService;
  readonly fetcherStates: FetcherStateService;
  readonly webhooks: WebhookService;
  readonly deliveries: DeliveryService;
  readonly dispatcher: Dispatcher;
  /** Told where the server listens, which is not known before it does. */
  listensAt(url: string): void;
}

export interface Overrides {
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** How names of hosts that users give are resolved, and how long requests to them may take in all. */
  readonly outgoing?: { readonly resolve?: ResolveHost; readonly limitMs?: number };
}

/** Opens the database, brings its schema up to date and wires everything. Throws where the database cannot be used. */
export async function openContext(config: Config, overrides: Overrides = {}): Promise<Context> {
  const clock = overrides.clock ?? systemClock;
  const logger = overrides.logger ?? createLogger(config.logLevel);
  const newId = createIdSource(clock);
  const database = await openDatabase(config);
  const directoryStore = new UserDirectoryStore(database);
  let adminBotId: number | null = null;
  try {
    const applied = await migrate(database);
    if (applied.length > 0) logger.info({ migrations: applied }, 'Migrated the database.');
    if (config.adminToken !== undefined) adminBotId = (await directoryStore.adminBot(clock())).id;
  } catch (error) {
    await database.stop();
    throw error;
  }

  const feed = new LiveFeed(database, (error) =>
    logger.warn({ err: error }, 'The live feed could not read the log; it goes on with the next commit.'),
  );
  const lane = new AppendLane(database, clock, newId, (events) => {
    feed.publish(events);
    for (const { event } of events) metrics.countEvent(event.status);
  });
  const streams = new StreamHub(
    feed,
    (position, limit) => logStore.after(database.read, position, limit),
    deploymentFrame,
  );
  const metrics = new Metrics(() => streams.size);

  const structure = new Structure(database, feed, () => {
    authenticator.forget();
    gates.forget();
    rememberedProjects.forget();
  });
  const protections = new ProtectionService(new ProtectionStore(database, structure), clock);
  const freezePeriods = new FreezePeriodService(new FreezePeriodStore(database, structure), clock);
  const environmentStore = new EnvironmentStore(database);
  const environments = new EnvironmentService(environmentStore, structure, clock);
  const environmentUpkeep = new EnvironmentUpkeepService(environmentStore, structure, protections, clock);
  const gates = new GateService(protections, freezePeriods, new GateStore(database), clock);
  const records = new DeploymentRecordStore(database.read);
  const policy: DeployPolicy = new DeployPolicy(
    lane,
    records,
    gates,
    (deployment) => approvals.missing(deployment),
    clock,
  );
  const deploy: DeployService = new DeployService(lane, records, policy, environments, clock);
  const approvalStore = new ApprovalStore(database);
  const waiting = new WaitingStore(database.read);
  const approvals: ApprovalService = new ApprovalService(
    approvalStore,
    waiting,
    gates,
    (id, to, by) => deploy.advance(id, to, by),
    clock,
  );

  const memberships = new MembershipStore(database.read);
  const membershipsOf = (userId: number) => memberships.ofUser(userId, clock());
  const users = new UserService(new UserStore(database), membershipsOf, clock);
  const directory = new UserDirectoryService(directoryStore, structure, clock);
  const projectStore = new ProjectStore(database);
  const rememberedProjects = new RememberedProjects(projectStore, clock);
  const removeProject: RemoveProject = ({ kysely }, id) => projectStore.remove(kysely, id, clock());
  const groups = new GroupService(new GroupStore(database), removeProject, structure, clock);
  const projects = new ProjectService(projectStore, rememberedProjects, groups, structure, clock);
  const members = new MemberService(new MemberStore(database), directory, structure, clock);
  const tokenStore = new TokenStore(database);
  const tokens = new TokenService(tokenStore, membershipsOf, structure, clock);
  const accessTokens = new AccessTokenService(tokenStore, directory, structure, clock);
  const adminToken = new AdminToken(config.adminToken, adminBotId);
  const sessions = new SessionService(new SessionStore(database), users, tokens, adminToken, clock);
  const source: Authenticator = {
    byToken: async (secret) =>
      adminToken.matches(secret) ? adminToken.principal : (await tokens.bySecret(secret))?.principal,
    bySession: (id) => sessions.principalOf(id),
    howEnded: (secret) => tokens.howEnded(secret),
  };
  let ownUrl = config.publicUrl ?? `http://${config.host}:${config.port}`;
  const shapes = { gitlab: gitlabHookShape(() => ownUrl) };
  const secrets = new SecretBox(config);
  const addresses = new OutgoingAddresses(config.webhookAllowedHosts ?? [], overrides.outgoing?.resolve);
  const requests = new OutgoingRequests(addresses, overrides.outgoing?.limitMs);
  const sender = new DeliverySender(requests, secrets, shapes, `Shiplog/${version}`);
  const notices = new NoticeStore(database);
  const deliveryStore = new DeliveryStore(database);
  const webhooks = new WebhookService(new HookStore(database), structure, secrets, addresses, clock);
  const expander = new NoticeExpander({
    notices,
    shapes,
    clock,
    newId,
    onError: (error, { topic, deploymentId }) =>
      logger.error({ err: error, topic, deployment: deploymentId }, 'A notice for webhooks was dropped.'),
  });
  const report = deliveryReport(logger, (outcome) => metrics.countDelivery(outcome));
  const dispatcher = new Dispatcher(deliveryStore, expander, sender, clock, report);
  feed.listen(() => dispatcher.notice());

  const jobs = new JobRunner(new LeaseStore(database), clock, logger, [
    keyRetention(database),
    sessions.retention,
    approvals.release,
    ...environmentUpkeep.jobs,
    deliveryRetention(deliveryStore),
  ]);
  const authenticator = new RememberedAuthenticator(source, clock);

  return {
    clock,
    newId,
    logger,
    database,
    lane,
    feed,
    streams,
    jobs,
    metrics,
    authenticator,
    projects,
    groups,
    members,
    directory,
    accessTokens,
    users,
    tokens,
    sessions,
    structure,
    environments,
    environmentUpkeep,
    deploy,
    gates,
    protections,
    freezePeriods,
    approvals,
    inbox: new InboxService(approvalStore, waiting, gates),
    audit: new AuditService(new AuditStore(database)),
    deployments: new DeploymentService(lane, new DeploymentStore(database.read), policy, clock),
    matrix: new MatrixService(new MatrixStore(database.read), feed, clock),
    fetcherStates: new FetcherStateService(new FetcherStateStore(database), clock),
    webhooks,
    deliveries: new DeliveryService(webhooks, deliveryStore, notices, sender, clock),
    dispatcher,
    listensAt: (url) => {
      ownUrl = config.publicUrl ?? url;
    },
    async [Symbol.asyncDispose]() {
      await jobs.stop();
      await dispatcher.stop();
      await lane.stop();
      streams.stop();
      await feed.stop();
      await database.stop();
    },
  };
}
