import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import { openDatabase } from './db/open-database.ts';
import { FetcherStateService } from './features/fetcher-states/fetcher-state-service.ts';
import { FetcherStateStore } from './features/fetcher-states/fetcher-state-store.ts';
import { createIdSource } from './ids.ts';
import { JobRunner } from './jobs/job-runner.ts';
import { LeaseStore } from './jobs/lease-store.ts';
import { keyRetention } from './log/key-retention.ts';
import { createLogger, type Logger } from './logger.ts';
import { wireChangeSources } from './wiring/change-source-wiring.ts';
import { wireChanges } from './wiring/change-wiring.ts';
import { wireDeployments } from './wiring/deployment-wiring.ts';
import { type Outgoing, wireHooks } from './wiring/hook-wiring.ts';
import { wireIncoming } from './wiring/incoming-wiring.ts';
import { type Base, wireLog } from './wiring/log-wiring.ts';
import { wirePeople } from './wiring/people-wiring.ts';
import { wireRepositories } from './wiring/repository-wiring.ts';
import { wireRetention } from './wiring/retention-wiring.ts';
import { wireToldChanges } from './wiring/told-change-wiring.ts';
import { wireWhereabouts } from './wiring/whereabouts-wiring.ts';

/** Everything the server is made of, built once. Nothing in it listens or runs by itself until it is started. */
export type Context = Awaited<ReturnType<typeof wire>>;

export interface Overrides {
  readonly clock?: Clock;
  readonly logger?: Logger;
  readonly outgoing?: Outgoing;
}

/** Opens the database, brings its schema up to date and wires everything. Throws where the database cannot be used. */
export async function openContext(config: Config, overrides: Overrides = {}): Promise<Context> {
  const logger = overrides.logger ?? createLogger(config.logLevel);
  const database = await openDatabase(config);
  try {
    const applied = await migrate(database);
    if (applied.length > 0) logger.info({ migrations: applied }, 'Migrated the database.');
    return await wire(config, overrides, database, logger);
  } catch (error) {
    await database.stop();
    throw error;
  }
}

async function wire(config: Config, { clock = systemClock, outgoing }: Overrides, database: Database, logger: Logger) {
  const base: Base = { database, clock, newId: createIdSource(clock), logger };
  const log = wireLog(base, {
    appended: () => tracking.tracker.notice(),
    announced: () => hooks.dispatcher.notice(),
    changed: () => {
      people.forget();
      deploying.gates.forget();
    },
  });
  const people = await wirePeople(base, log, config);
  const deploying = wireDeployments(base, log, people, config);
  const retention = wireRetention(base);
  const hooks = wireHooks(base, log, { projects: people.projects, retention }, config, outgoing);
  const reading = wireRepositories(base, people.projects, config, {
    outgoing,
    listeners: {
      indexed: async (repositoryId) => {
        await sources.commitChanges.onIndexed(repositoryId);
        await tracking.tracker.onIndexed(repositoryId);
      },
      leaving: (projectId) => told.changes.forgetCommits(projectId),
      changed: async (projectId) => {
        await tracking.tracker.onTold(projectId);
        sources.forges.readSoon(projectId);
      },
    },
  });
  const told = wireToldChanges(base, people.projects, (projectId) => tracking.tracker.onTold(projectId));
  const tracking = wireChanges(base, log, reading.repositories, told.changes);
  const { repositories } = reading;
  const { history } = tracking;
  const sources = wireChangeSources(base, { config, outgoing, repositories, history, changes: told.changes });
  const { incoming } = wireIncoming(
    base,
    people.projects,
    deploying.deployments,
    { changes: told.changes, fetch: (projectId) => reading.repositories.wantFetch(projectId), retention },
    config,
  );
  const jobs = new JobRunner(new LeaseStore(database), clock, logger, [
    keyRetention(database),
    people.sessions.retention,
    deploying.releases.job,
    ...deploying.environmentUpkeep.jobs,
    hooks.retention,
    incoming.retention,
    reading.repositoryWork.job,
    sources.forges.job,
  ]);
  return {
    ...base,
    ...log,
    ...people,
    ...deploying,
    ...hooks,
    ...reading,
    ...told,
    ...sources,
    ...tracking,
    ...wireWhereabouts(base, people.projects, told.changes, repositories, tracking),
    incoming,
    retentionSettings: retention,
    jobs,
    fetcherStates: new FetcherStateService(new FetcherStateStore(database), clock),
    async [Symbol.asyncDispose]() {
      await reading.repositoryWork.stop();
      await tracking.tracker.stop();
      await sources.forges.stop();
      await jobs.stop();
      await deploying.releases.stop();
      await incoming.applier.stop();
      await hooks.dispatcher.stop();
      await log.lane.stop();
      log.streams.stop();
      await log.feed.stop();
      await database.stop();
    },
  };
}
