import { deploymentFrame } from './apis/native/stream-routes.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import { openDatabase } from './db/open-database.ts';
import { DeploymentService } from './features/deployments/deployment-service.ts';
import { DeploymentStore } from './features/deployments/deployment-store.ts';
import { FetcherStateService } from './features/fetcher-states/fetcher-state-service.ts';
import { FetcherStateStore } from './features/fetcher-states/fetcher-state-store.ts';
import { MatrixService } from './features/matrix/matrix-service.ts';
import { MatrixStore } from './features/matrix/matrix-store.ts';
import { AdminToken } from './features/sessions/admin-token.ts';
import { SessionService } from './features/sessions/session-service.ts';
import { SessionStore } from './features/sessions/session-store.ts';
import { TokenService } from './features/tokens/token-service.ts';
import { TokenStore } from './features/tokens/token-store.ts';
import { UserService } from './features/users/user-service.ts';
import { UserStore } from './features/users/user-store.ts';
import { type Authenticator, RememberedAuthenticator } from './http/authentication.ts';
import { StreamHub } from './http/stream-hub.ts';
import { createIdSource, type IdSource } from './ids.ts';
import { JobRunner } from './jobs/job-runner.ts';
import { LeaseStore } from './jobs/lease-store.ts';
import { AppendLane } from './log/append-lane.ts';
import { keyRetention } from './log/key-retention.ts';
import { LiveFeed } from './log/live-feed.ts';
import { logStore } from './log/log-store.ts';
import { createLogger, type Logger } from './logger.ts';
import { Metrics } from './metrics.ts';

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
  readonly deployments: DeploymentService;
  readonly matrix: MatrixService;
  readonly tokens: TokenService;
  readonly users: UserService;
  readonly sessions: SessionService;
  readonly fetcherStates: FetcherStateService;
}

export interface Overrides {
  readonly clock?: Clock;
  readonly logger?: Logger;
}

/** Opens the database, brings its schema up to date and wires everything. Throws where the database cannot be used. */
export async function openContext(config: Config, overrides: Overrides = {}): Promise<Context> {
  const clock = overrides.clock ?? systemClock;
  const logger = overrides.logger ?? createLogger(config.logLevel);
  const newId = createIdSource(clock);
  const database = await openDatabase(config);
  try {
    const applied = await migrate(database);
    if (applied.length > 0) logger.info({ migrations: applied }, 'Migrated the database.');
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

  const users = new UserService(new UserStore(database), clock);
  const tokens = new TokenService(new TokenStore(database), clock, () => authenticator.forget());
  const adminToken = new AdminToken(config.adminToken);
  const sessions = new SessionService(new SessionStore(database), users, tokens, adminToken, clock);
  const source: Authenticator = {
    byToken: async (secret) =>
      adminToken.matches(secret) ? adminToken.principal : (await tokens.bySecret(secret))?.principal,
    bySession: (id) => sessions.principalOf(id),
  };
  const jobs = new JobRunner(new LeaseStore(database), clock, logger, [keyRetention(database), sessions.retention]);
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
    users,
    tokens,
    sessions,
    deployments: new DeploymentService(lane, new DeploymentStore(database.read), clock),
    matrix: new MatrixService(new MatrixStore(database.read), feed, clock),
    fetcherStates: new FetcherStateService(new FetcherStateStore(database), clock),
    async [Symbol.asyncDispose]() {
      await jobs.stop();
      await lane.stop();
      streams.stop();
      await feed.stop();
      await database.stop();
    },
  };
}
