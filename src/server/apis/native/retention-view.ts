import type { Retention } from '../../../contract/retention.ts';
import type { Retained } from '../../features/retention/retention-service.ts';
import { timeText } from './event-view.ts';

export function retentionView({ kind, days, mostOfProject, rule, changed, rows, oldestAt }: Retained): Retention {
  return {
    kind,
    days,
    most_of_project: mostOfProject,
    change: rule
      ? {
          default_days: rule.default,
          least_days: rule.least,
          most_days: rule.most,
          changed_at: changed ? timeText(changed.changedAt) : null,
          changed_by: changed?.changedBy ?? null,
        }
      : null,
    rows,
    oldest_at: oldestAt === null ? null : timeText(oldestAt),
  };
}
