import type { LineageNode } from '../../../contract/lineage.ts';
import { nameAt } from '../../lib/project-name.ts';
import { shortSha } from '../../lib/short-version.ts';
import { statusLook } from '../../ui/status-look.ts';

/** What a deployment is called in little space. */
export function nodeName({ version, sha, deployment_id: key }: LineageNode): string {
  return version ?? (sha === null ? key : shortSha(sha));
}

/** The same for those who do not see where it stands. */
export function nodeLabel(node: LineageNode, project: string): string {
  const { environment, status, live } = node;
  const whose = node.project === project ? '' : ` of ${nameAt(node.project)}`;
  return `${nodeName(node)}${whose} in ${environment}, ${statusLook(status).word}${live ? ', runs there now' : ''}`;
}
