import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { ProjectService } from '../features/projects/project-service.ts';
import { CommitIndexStore } from '../features/repositories/commit-index-store.ts';
import { CommitPathStore } from '../features/repositories/commit-path-store.ts';
import { CopyFinder } from '../features/repositories/copies.ts';
import { CopiesStore } from '../features/repositories/copies-store.ts';
import { GitProgram } from '../features/repositories/git-program.ts';
import { Mirrors } from '../features/repositories/mirrors.ts';
import { RemoteAccess } from '../features/repositories/remote-access.ts';
import { MirrorSweeper, repositoryCleaning } from '../features/repositories/repository-cleaner.ts';
import { RepositoryFetchStore } from '../features/repositories/repository-fetch-store.ts';
import { RepositoryFetcher } from '../features/repositories/repository-fetcher.ts';
import { RepositoryIndexer } from '../features/repositories/repository-indexer.ts';
import { RepositoryRemovalStore } from '../features/repositories/repository-removal-store.ts';
import { fingerprintOf, RepositoryService } from '../features/repositories/repository-service.ts';
import { RepositoryStore } from '../features/repositories/repository-store.ts';
import { OutgoingAddresses } from '../http/outgoing-address.ts';
import { SecretBox } from '../secret-box.ts';
import type { Outgoing } from './hook-wiring.ts';
import type { Base } from './log-wiring.ts';

/** Told of repositories by those that are built later. */
export interface RepositoryListeners {
  /** Commits, notes or tags are others now, or a project came to the repository. */
  indexed(repositoryId: number): Promise<void>;
  /** A project is about to name another remote or folder, or none. */
  leaving(projectId: number): Promise<void>;
  /** A project names another repository, or none, or names it otherwise. */
  changed(projectId: number): Promise<void>;
}

/** Where the commits of projects are, and what is known of them. */
export function wireRepositories(
  { database, clock, logger }: Base,
  projects: ProjectService,
  config: Config,
  { listeners, outgoing = {} }: { readonly listeners: RepositoryListeners; readonly outgoing?: Outgoing | undefined },
) {
  const box = new SecretBox(config);
  const allowedHosts = config.webhookAllowedHosts ?? [];
  const addresses = new OutgoingAddresses(allowedHosts, outgoing.resolve);
  const access = new RemoteAccess({ addresses, allowedHosts, folders: config.repositoryPaths ?? [] });
  const folder = join(config.dataDir, 'repositories');
  const git = new GitProgram(config.gitProgram, join(folder, 'home'));
  const mirrors = new Mirrors({
    git,
    access,
    folder,
    fingerprintOf: (target) => fingerprintOf(box, target),
    limits: { fetchMs: config.repositoryLimitMs, sizeBytes: config.repositoryLimitMib * 1024 * 1024 },
  });
  const store = new RepositoryStore(database);
  const fetches = new RepositoryFetchStore(database);
  const copies = new CopyFinder({ store: new CopiesStore(database), mirrors, logger });
  const fetcher = new RepositoryFetcher({
    store: fetches,
    mirrors,
    indexer: new RepositoryIndexer({
      commits: new CommitIndexStore(database),
      paths: new CommitPathStore(database),
      copies,
      mirrors,
    }),
    box,
    clock,
    intervalMs: config.repositoryIntervalMs,
    onIndexed: listeners.indexed,
    isUnavailable: database.isUnavailable,
    observer: {
      unread: ({ id, failures }, reason, said) =>
        logger.warn(
          { repository: id, reason, said, failures: failures + 1 },
          'A repository could not be read; it will be tried again.',
        ),
      failed: (error, { id }) =>
        logger.error({ err: error, repository: id }, 'A repository could not be brought up to date.'),
      putOff: (error) =>
        logger.warn({ err: error }, 'Repositories wait: the database did not answer. The next turn tries again.'),
    },
  });
  const sweeper = new MirrorSweeper(mirrors, fetches, (error) =>
    logger.warn({ err: error }, 'Copies of repositories that are gone could not be removed; it will be tried again.'),
  );
  return {
    repositories: new RepositoryService({
      projects,
      store,
      fetches,
      access,
      box,
      clock,
      onWanted: () => fetcher.notice(),
      onLeaving: listeners.leaving,
      onChanged: listeners.changed,
    }),
    repositoryWork: {
      git,
      fetcher,
      sweeper,
      job: repositoryCleaning(store, new RepositoryRemovalStore(database)),
      start() {
        mirrors.removeKeys();
        fetcher.start();
        sweeper.start();
      },
      /** Ends git first: what it is about is done again by the next node that takes it up. */
      async stop() {
        git.stop();
        await Promise.all([fetcher.stop(), sweeper.stop()]);
      },
    },
  };
}
