import { changesFrame } from '../apis/native/stream-routes.ts';
import type { ChangeService } from '../features/changes/change-service.ts';
import { LandingsService } from '../features/changes/landings-service.ts';
import { LinkQueueStore } from '../features/changes/link-queue-store.ts';
import { LinkStore } from '../features/changes/link-store.ts';
import { Linker } from '../features/changes/linker.ts';
import { PresenceService } from '../features/changes/presence-service.ts';
import { PresenceStore } from '../features/changes/presence-store.ts';
import { SuccessStore } from '../features/changes/success-store.ts';
import { Tracker } from '../features/changes/tracker.ts';
import { HistoryService } from '../features/repositories/history-service.ts';
import { HistoryStore } from '../features/repositories/history-store.ts';
import type { RepositoryService } from '../features/repositories/repository-service.ts';
import type { Base, WiredLog } from './log-wiring.ts';

/** Which deployment brought which change, and what is where. */
export function wireChanges(
  { database, clock, logger }: Base,
  { streams }: WiredLog,
  repositories: RepositoryService,
  changes: ChangeService,
) {
  const repositoryOf = (projectId: number) => repositories.of(projectId);
  const repositoriesOf = (projectIds: readonly number[]) => repositories.ofAll(projectIds);
  const history = new HistoryService(new HistoryStore(database.read));
  const store = new PresenceStore(database.read);
  const landings = new LandingsService(changes, history, store);
  const successes = new SuccessStore(database.read);
  const linker = new Linker({ repositoryOf, history, landings, successes, links: new LinkStore(database) });
  const tracker = new Tracker(new LinkQueueStore(database), linker, clock, {
    relinked: (project) => streams.tell(project, changesFrame(project)),
    missesCommit: async (projectId) => void (await repositories.wantFetch(projectId)),
    failed: (error) =>
      logger.error({ err: error }, 'Changes could not be linked to deployments; it will be tried again.'),
  });
  return {
    history,
    landings,
    successes,
    tracker,
    presence: new PresenceService({ repositoriesOf, history, landings, store, successes }),
  };
}
