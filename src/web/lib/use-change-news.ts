import { useLiveRefresh } from './live/use-live-refresh.ts';
import { projectName } from './project-name.ts';

/** Without the stream, and for what nobody tells of: a title that another tool has changed. */
export const changePollMs = 20_000;

/** Deployments come in crowds. */
const pauseMs = 400;

/** Calls `refresh` when changes, or where they are, are others than before: of one project, or of any. */
export function useChangeNews(refresh: () => Promise<unknown>, project?: string): void {
  useLiveRefresh({
    refresh,
    pauseMs,
    // A rollback changes no link: what runs is all that it changes.
    concerns: (event) => event.status === 'success' && (project === undefined || projectName(event) === project),
    concernsChanges: (changed) => project === undefined || changed === project,
  });
}
