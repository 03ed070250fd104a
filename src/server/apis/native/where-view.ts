import { projectPath } from '../../../contract/project-path.ts';
import type {
  DeploymentChanges,
  DeploymentDiff,
  Lag,
  WhereAnswer,
  WhereCandidate,
  WherePlace,
} from '../../../contract/where.ts';
import type { Lag as LagFacts } from '../../features/changes/behind-service.ts';
import type { DeploymentDiff as Diff, ShippedChanges, Side } from '../../features/changes/diff-service.ts';
import type { Candidate, WherePlace as Place, Whereabouts } from '../../features/changes/where-types.ts';
import { changeListView, commitListView, shipmentView, standingView } from './change-view.ts';
import { timeText } from './event-view.ts';

export function whereView(query: string, { candidates, more, standing }: Whereabouts): WhereAnswer {
  return { query, items: candidates.map(candidateView), more, repository: standingView(standing) };
}

export function diffView({ view, from, to, reason, added, missing, standing }: Diff): DeploymentDiff {
  return {
    project: projectPath(view.project),
    from: shipmentView(from),
    to: shipmentView(to),
    known: reason === null,
    reason,
    added: sideView(added),
    missing: sideView(missing),
    repository: standingView(standing),
  };
}

export function deploymentChangesView(shipped: ShippedChanges): DeploymentChanges {
  const { shipment, kind, reason, commits, ships, takesOut, bringsBack, reverts, standing } = shipped;
  return {
    project: projectPath(shipment.place),
    deployment: shipment.id,
    environment: shipment.place.environment,
    kind,
    reason,
    ships: changeListView(ships),
    takes_out: changeListView(takesOut),
    brings_back: changeListView(bringsBack),
    reverted: changeListView(reverts),
    commits: commitListView(commits),
    repository: standingView(standing),
  };
}

export function lagView({ project, environment, before, commits, changes }: LagFacts): Lag {
  return { project: projectPath(project), environment: environment.name, before: before.name, commits, changes };
}

function candidateView(candidate: Candidate): WhereCandidate {
  const { kind, label, title, project, number, sha, author, webUrl, places } = candidate;
  return {
    kind,
    label,
    title,
    project: project ? projectPath(project) : null,
    number,
    sha,
    author,
    web_url: webUrl,
    places: places.map(placeView),
  };
}

function placeView({ project, environment, state, first, current }: Place): WherePlace {
  return {
    project: projectPath(project),
    environment: environment.name,
    tier: environment.tier,
    state,
    since: first ? timeText(first.at) : null,
    deployment: first ? shipmentView(first) : null,
    current: current ? shipmentView(current) : null,
  };
}

function sideView({ commits, changes }: Side) {
  return { commits: commitListView(commits), changes: changeListView(changes) };
}
