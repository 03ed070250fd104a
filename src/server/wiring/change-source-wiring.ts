import type { Config } from '../config.ts';
import type { ChangeService } from '../features/changes/change-service.ts';
import { CommitChangesService } from '../features/changes/commit-changes-service.ts';
import { ForgeClient } from '../features/forges/forge-client.ts';
import { ForgeReaderService } from '../features/forges/forge-reader-service.ts';
import { ForgeStore } from '../features/forges/forge-store.ts';
import { CommitIndexService } from '../features/repositories/commit-index-service.ts';
import { CommitLandingStore } from '../features/repositories/commit-landing-store.ts';
import type { HistoryService } from '../features/repositories/history-service.ts';
import type { RepositoryService } from '../features/repositories/repository-service.ts';
import { OutgoingAddresses } from '../http/outgoing-address.ts';
import { OutgoingRequests } from '../http/outgoing-requests.ts';
import { LeaseStore } from '../jobs/lease-store.ts';
import { SecretBox } from '../secret-box.ts';
import { version } from '../version.ts';
import type { Outgoing } from './hook-wiring.ts';
import type { Base } from './log-wiring.ts';

interface Sources {
  readonly config: Config;
  readonly outgoing: Outgoing | undefined;
  readonly repositories: RepositoryService;
  readonly history: HistoryService;
  readonly changes: ChangeService;
}

/** Who tells of changes without being asked: the APIs of forges, and the messages of commits. */
export function wireChangeSources(
  { database, clock, logger }: Base,
  { config, outgoing = {}, repositories, history, changes }: Sources,
) {
  const addresses = new OutgoingAddresses(config.webhookAllowedHosts ?? [], outgoing.resolve);
  const requests = new OutgoingRequests(addresses, outgoing.limitMs);
  const forges = new ForgeReaderService({
    store: new ForgeStore(database),
    client: new ForgeClient(requests, clock, `Shiplog/${version}`),
    changes,
    leases: new LeaseStore(database),
    box: new SecretBox(config),
    clock,
    onError: (error, source) =>
      logger.error({ err: error, project: source?.projectId }, 'Changes could not be read from a forge.'),
  });
  const commitChanges = new CommitChangesService({
    repositories,
    commits: new CommitIndexService(new CommitLandingStore(database)),
    history,
    changes,
    onFound: (projectId, from) => forges.readAgainFrom(projectId, from),
  });
  return { forges, commitChanges };
}
