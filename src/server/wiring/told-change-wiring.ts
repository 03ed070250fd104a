import { ChangeImportService } from '../features/changes/change-import-service.ts';
import { ChangePageStore } from '../features/changes/change-page-store.ts';
import { ChangeService, type OnTold } from '../features/changes/change-service.ts';
import { ChangeStore } from '../features/changes/change-store.ts';
import type { ProjectService } from '../features/projects/project-service.ts';
import type { Base } from './log-wiring.ts';

/** What is known of merge and pull requests; `onTold` learns which project's are others now. */
export function wireToldChanges({ database, clock }: Base, projects: ProjectService, onTold: OnTold) {
  const changes = new ChangeService(new ChangeStore(database), new ChangePageStore(database), onTold);
  return { changes, changeImports: new ChangeImportService(changes, projects, clock) };
}
