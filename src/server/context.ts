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
import { wireDeployments } from './wiring/deployment-wiring.ts';
import { type Outgoing, wireHooks } from './wiring/hook-wiring.ts';
import { wireIncoming } from './wiring/incoming-wiring.ts';
import { type Base, wireLog } from './wiring/log-wiring.ts';
import { wirePeople } from './wiring/people-wiring.ts';

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
    announced: () => hooks.dispatcher.notice(),
    changed: () => {
      people.forget();
      deploying.gates.forget();
    },
  });
  const people = await wirePeople(base, log, config);
  const deploying = wireDeployments(base, log, config);
  const hooks = wireHooks(base, log, config, outgoing);
  const { incoming } = wireIncoming(base, people.projects, deploying.deployments, config);
  const jobs = new JobRunner(new LeaseStore(database), clock, logger, [
    keyRetention(database),
    people.sessions.retention,
    deploying.releases.job,
    ...deploying.environmentUpkeep.jobs,
    hooks.retention,
    incoming.retention,
  ]);
  return {
    ...base,
    ...log,
    ...people,
    ...deploying,
    ...hooks,
    incoming,
    jobs,
    fetcherStates: new FetcherStateService(new FetcherStateStore(database), clock),
    async [Symbol.asyncDispose]() {
      await jobs.stop();
      await incoming.applier.stop();
      await hooks.dispatcher.stop();
      await log.lane.stop();
      log.streams.stop();
      await log.feed.stop();
      await database.stop();
    },
  };
}
