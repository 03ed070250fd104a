import type { DeploymentLineage, LineageNode, ProjectLineage } from '../../../contract/lineage.ts';
import { projectPath } from '../../../contract/project-path.ts';
import { statusTable } from '../../../contract/statuses.ts';
import type { ProjectLineage as Lineage } from '../../features/lineage/lineage-service.ts';
import { keyOf, type LineageGraph, type LineageRecord } from '../../features/lineage/lineage-types.ts';
import { timeText } from './event-view.ts';

export function deploymentLineageView(deployment: number, graph: LineageGraph): DeploymentLineage {
  return { deployment, ...graphView(graph) };
}

export function projectLineageView({ project, graph, next }: Lineage): ProjectLineage {
  return {
    project: projectPath(project),
    ...graphView(graph),
    next_cursor: next === undefined ? null : String(next),
  };
}

function graphView({ records, edges, unknown, more }: LineageGraph) {
  return { nodes: records.map(nodeView), edges: [...edges], unknown: [...unknown], more };
}

function nodeView(record: LineageRecord): LineageNode {
  const { state, place, isLive } = record;
  const { status, at, details } = state.latest;
  return {
    deployment: state.id,
    deployment_id: keyOf(record),
    project: projectPath(place),
    environment: place.environment,
    tier: place.tier,
    status: statusTable[status].native,
    version: details.version,
    sha: details.sha,
    at: timeText(at),
    live: isLive,
  };
}
