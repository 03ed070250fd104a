import { BehindService } from '../features/changes/behind-service.ts';
import { ChangeFinder } from '../features/changes/change-finder.ts';
import { ChangeQueryService } from '../features/changes/change-query-service.ts';
import type { ChangeService } from '../features/changes/change-service.ts';
import { CommitFinder } from '../features/changes/commit-finder.ts';
import { CommitPlaces } from '../features/changes/commit-places.ts';
import { ConnectedProjectStore } from '../features/changes/connected-project-store.ts';
import { DiffService } from '../features/changes/diff-service.ts';
import { EffectService } from '../features/changes/effect-service.ts';
import { LadderService } from '../features/changes/ladder-service.ts';
import { ShipmentStore } from '../features/changes/shipment-store.ts';
import { VersionFinder } from '../features/changes/version-finder.ts';
import { WaitingService } from '../features/changes/waiting-service.ts';
import { WhereService } from '../features/changes/where-service.ts';
import { WhereStore } from '../features/changes/where-store.ts';
import { DeploymentLifeService } from '../features/deployments/deployment-life-service.ts';
import { DeploymentRecordStore } from '../features/deployments/deployment-record-store.ts';
import { ForgeAddresses } from '../features/deployments/forge-addresses.ts';
import { LaneStore } from '../features/deployments/lane-store.ts';
import { LineageService } from '../features/lineage/lineage-service.ts';
import { LineageStore } from '../features/lineage/lineage-store.ts';
import type { ProjectService } from '../features/projects/project-service.ts';
import type { RepositoryService } from '../features/repositories/repository-service.ts';
import type { wireChanges } from './change-wiring.ts';
import type { Base } from './log-wiring.ts';

/** What people ask about changes, commits, versions and deployments: where they are, what waits, what differs, what they came from. */
export function wireWhereabouts(
  { database, clock }: Base,
  projects: ProjectService,
  changes: ChangeService,
  repositories: RepositoryService,
  { history, landings, successes, presence }: ReturnType<typeof wireChanges>,
) {
  const connected = new ConnectedProjectStore(database.read);
  const shipments = new ShipmentStore(database.read);
  const store = new WhereStore(database.read);
  const places = new CommitPlaces(history, successes);
  const commits = new CommitFinder(store, history, places, shipments);
  return {
    lives: new DeploymentLifeService(
      new DeploymentRecordStore(database.read),
      new LaneStore(database.read),
      new ForgeAddresses(repositories, changes),
    ),
    lineages: new LineageService(new LineageStore(database.read), projects),
    changeQueries: new ChangeQueryService(changes, presence, projects, connected),
    ladders: new LadderService({ projects, presence, changes, history, shipments, landings, successes }),
    waitingChanges: new WaitingService(changes, presence, projects, connected, clock),
    diffs: new DiffService({ projects, presence, changes, history, shipments }),
    effects: new EffectService(shipments, presence, history),
    behind: new BehindService(presence, projects, connected),
    where: new WhereService({
      projects,
      presence,
      connected,
      shipments,
      changes: new ChangeFinder(changes, projects),
      commits,
      versions: new VersionFinder({ store, history, places, shipments, commits }),
    }),
  };
}
