import type { ReactNode } from 'react';
import { projectPath } from '../../contract/project-path.ts';
import { PromotedFrom } from '../features/lineage/promoted-from.tsx';
import type { Attempt } from '../lib/attempts.ts';

/** What a deployment was promoted from, as links; undefined where it names nothing. */
export function promotedFrom({ head, facts }: Attempt): ReactNode {
  const parents = facts.parent_deployments ?? [];
  if (parents.length === 0) return undefined;
  return <PromotedFrom deployment={head.deployment_number} project={projectPath(head)} parents={parents} />;
}
