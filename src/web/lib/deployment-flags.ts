import type { DeploymentEvent } from '../../contract/deployment-event.ts';

/** What people should know of how a deployment went. */
export type DeploymentFlag = 'unapproved' | 'frozen';

export function flagsOf({
  unapproved,
  during_freeze,
}: Pick<DeploymentEvent, 'unapproved' | 'during_freeze'>): readonly DeploymentFlag[] {
  return [...(unapproved ? (['unapproved'] as const) : []), ...(during_freeze ? (['frozen'] as const) : [])];
}
