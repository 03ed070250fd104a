import type { DeploymentDetails, EarlierEvents, LaneNeighbour } from '../../../contract/deployment-details.ts';
import { projectPath } from '../../../contract/project-path.ts';
import { statusTable } from '../../../contract/statuses.ts';
import type { DeploymentLife, ToldEvents } from '../../features/deployments/deployment-life-service.ts';
import type { DeploymentRecord } from '../../features/deployments/deployment-types.ts';
import { eventView, markView, timeText } from './event-view.ts';

export function deploymentDetailsView(life: DeploymentLife): DeploymentDetails {
  const { state, place } = life.record;
  return {
    deployment: markView(place, state, state.latest),
    project: projectPath(place),
    tier: place.tier,
    user: life.record.user?.name ?? null,
    started_at: momentView(state.startedAt),
    finished_at: momentView(state.finishedAt),
    succeeded_at: momentView(state.success?.at ?? null),
    live: life.isLive,
    live_now: neighbourView(life.live),
    before: neighbourView(life.before),
    after: neighbourView(life.after),
    rolled_back: life.isRolledBack,
    previous: neighbourView(life.previous),
    next: neighbourView(life.next),
    diff_url: life.diffUrl,
    event_count: life.eventCount,
    events: life.told.events.map(eventView),
    earlier_cursor: cursorView(life.told),
  };
}

export function earlierEventsView(told: ToldEvents): EarlierEvents {
  return { items: told.events.map(eventView), next_cursor: cursorView(told) };
}

function neighbourView(record: DeploymentRecord | undefined): LaneNeighbour | null {
  if (!record) return null;
  const { id, latest, success } = record.state;
  const { at, details } = success ?? latest;
  const { version, ref, sha } = details;
  return { deployment: id, status: statusTable[latest.status].native, version, ref, sha, at: timeText(at) };
}

function momentView(at: number | null): string | null {
  return at === null ? null : timeText(at);
}

function cursorView({ earlier }: ToldEvents): string | null {
  return earlier === undefined ? null : String(earlier);
}
