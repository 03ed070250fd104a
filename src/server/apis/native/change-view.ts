import type {
  Change,
  ChangeDetails,
  ChangeList,
  ChangePlace,
  ChangeRung,
  ChangeSummary,
  CommitList,
  CommitSummary,
  DeploymentMark,
  RepositoryStanding,
  WaitingChange,
} from '../../../contract/changes.ts';
import { projectPath } from '../../../contract/project-path.ts';
import type { ChangeWithPlaces, ChangePlace as Place } from '../../features/changes/change-query-service.ts';
import type { Counted } from '../../features/changes/diff-service.ts';
import type { Ladder, Rung } from '../../features/changes/ladder-service.ts';
import type { NamedChange } from '../../features/changes/project-views.ts';
import type { RepositoryStanding as Standing } from '../../features/changes/repository-standing.ts';
import type { Shipment } from '../../features/changes/shipment-types.ts';
import type { WaitingChange as Waiting } from '../../features/changes/waiting-service.ts';
import type { CommitRecord } from '../../features/repositories/repository-types.ts';
import { timeText } from './event-view.ts';

/** A change where others are listed, too. */
export function changeSummaryView({ change, project, reference }: NamedChange): ChangeSummary {
  return {
    project: projectPath(project),
    number: change.number,
    reference,
    title: change.title,
    state: change.state,
    draft: change.isDraft,
    author: change.author && { username: change.author.username, name: change.author.name },
    web_url: change.webUrl,
    merged_at: momentView(change.mergedAt),
  };
}

export function changeView(listed: ChangeWithPlaces): Change {
  const { change, places } = listed;
  return {
    ...changeSummaryView(listed),
    created_at: timeText(change.createdAt),
    updated_at: timeText(change.updatedAt),
    environments: places.map(placeView),
  };
}

export function changeDetailsView(ladder: Ladder): ChangeDetails {
  const { change, rungs, commits, standing } = ladder;
  return {
    ...changeSummaryView(ladder),
    created_at: timeText(change.createdAt),
    updated_at: timeText(change.updatedAt),
    description: change.description,
    labels: [...change.labels],
    source_branch: change.sourceBranch,
    target_branch: change.targetBranch,
    merged_by: change.mergedBy,
    closed_at: momentView(change.closedAt),
    merge_commit_sha: change.mergeCommitSha,
    squash_commit_sha: change.squashCommitSha,
    head_sha: change.headSha,
    ladder: rungs.map(rungView),
    commits: commitListView(commits),
    repository: standingView(standing),
  };
}

export function waitingView(waiting: Waiting): WaitingChange {
  const { from, to, stateThere, link, since, waitingMs } = waiting;
  return {
    ...changeSummaryView(waiting),
    from: {
      environment: from.name,
      tier: from.tier,
      deployed_at: momentView(link?.deployedAt ?? null),
      deployment: link?.deploymentId ?? null,
    },
    to: { environment: to.name, tier: to.tier, state: stateThere },
    waiting_since: timeText(since),
    waiting_seconds: Math.floor(waitingMs / 1000),
  };
}

export function changeListView({ count, items }: Counted<NamedChange>): ChangeList {
  return { count, items: items.map(changeSummaryView) };
}

export function commitListView({ count, items }: Counted<CommitRecord>): CommitList {
  return { count, items: items.map(commitView) };
}

export function shipmentView({ id, place, version, ref, sha, at }: Shipment): DeploymentMark {
  return { deployment: id, environment: place.environment, version, ref, sha, at: timeText(at) };
}

export function standingView({ state, reason }: Standing): RepositoryStanding {
  return { state, reason };
}

function commitView({ sha, subject, author, authoredAt, committedAt }: CommitRecord): CommitSummary {
  return { sha, subject, author, authored_at: timeText(authoredAt), committed_at: timeText(committedAt) };
}

function placeView({ environment, state, link }: Place): ChangePlace {
  return {
    environment: environment.name,
    tier: environment.tier,
    state,
    deployed_at: momentView(link?.deployedAt ?? null),
    deployment: link?.deploymentId ?? null,
  };
}

function rungView({ environment, state, first, landed, gone, current }: Rung): ChangeRung {
  return {
    environment: environment.name,
    tier: environment.tier,
    state,
    first: first ? shipmentView(first) : null,
    landed: landed ?? null,
    gone: gone ? shipmentView(gone) : null,
    current: current ? shipmentView(current) : null,
  };
}

function momentView(ms: number | null): string | null {
  return ms === null ? null : timeText(ms);
}
