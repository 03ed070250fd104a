import { statusTable } from '../../../contract/statuses.ts';
import type { DeploymentRecord } from '../../features/deployments/deployment-types.ts';
import type { ShownEnvironment } from '../../log/places.ts';
import { userBasicView } from './user-view.ts';

/** A deployment as lists show it. `tag` and the time it finished are not told, as GitLab does not. */
export function deploymentView({ iid, state, environment, user }: DeploymentRecord, baseUrl: string) {
  const { ref, sha, version, runUrl, description, kind } = state.latest.details;
  return {
    id: state.id,
    iid,
    ref,
    sha,
    created_at: timeText(state.createdAt),
    updated_at: timeText(state.updatedAt),
    user: user && userBasicView(user, baseUrl),
    environment: environmentBasicView(environment),
    deployable: null,
    status: statusTable[state.latest.status].gitlab,
    version,
    run_url: runUrl,
    description,
    kind,
    unapproved: state.flags.includes('unapproved'),
  };
}

/** An environment as other resources name it. */
export function environmentBasicView({ id, name, slug, externalUrl, createdAt, updatedAt }: ShownEnvironment) {
  return {
    id,
    name,
    slug,
    external_url: externalUrl,
    created_at: timeText(createdAt),
    updated_at: timeText(updatedAt),
  };
}

/** UTC with milliseconds, as GitLab writes times. */
function timeText(ms: number): string {
  return new Date(ms).toISOString();
}
