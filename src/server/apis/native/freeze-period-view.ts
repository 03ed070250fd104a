import type { FreezePeriod, FreezePeriodList, FreezeWindow, FrozenProjects } from '../../../contract/freeze-periods.ts';
import { projectPath } from '../../../contract/project-path.ts';
import type { FreezeOutlook, ProjectFreeze } from '../../features/freeze-periods/freeze-period-service.ts';
import type { FreezeWindow as HeldWindow } from '../../features/freeze-periods/freeze-period-types.ts';
import { timezoneOf } from '../../features/freeze-periods/timezone.ts';
import { timeText } from './event-view.ts';

/** The freeze periods of a project as this API shows them. */
export function freezePeriodListView({ periods, frozen, mayChange }: FreezeOutlook): FreezePeriodList {
  return {
    items: periods.map(freezePeriodView),
    frozen: frozen ? { by: frozen.period.id, until: timeText(frozen.until) } : null,
    may_change: mayChange,
  };
}

export function freezePeriodView({ period, window, isActive }: FreezeOutlook['periods'][number]): FreezePeriod {
  return {
    id: period.id,
    freeze_start: period.freezeStart,
    freeze_end: period.freezeEnd,
    cron_timezone: period.timezone,
    zone: zoneOf(period.timezone),
    active: isActive,
    start: window ? timeText(window.start) : null,
    end: window ? timeText(window.end) : null,
    created_at: timeText(period.createdAt),
    updated_at: timeText(period.updatedAt),
  };
}

export function frozenProjectsView(frozen: readonly ProjectFreeze[]): FrozenProjects {
  return { items: frozen.map(({ project, until }) => ({ project: projectPath(project), until: timeText(until) })) };
}

export function freezeWindowView({ start, end }: HeldWindow): FreezeWindow {
  return { start: timeText(start), end: timeText(end) };
}

/** Rails has names of its own for some zones; browsers know only those of the IANA database. */
export function zoneOf(timezone: string): string {
  return timezoneOf(timezone) ?? 'UTC';
}
