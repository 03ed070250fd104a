import type { DeploymentQuery } from '../../../contract/deployment-event.ts';
import { nativeStatuses } from '../../../contract/statuses.ts';
import { dayOf, momentOf } from '../../lib/calendar-day.ts';
import { type FlatSearch, textOf } from '../../lib/flat-search.ts';
import type { DaySpan } from '../../ui/pick-dates.tsx';

/** All that the activity page can be asked by its URL. */
export interface ActivitySearch {
  readonly q: string;
  readonly status: string | undefined;
  readonly environment: string | undefined;
  readonly service: string | undefined;
  /** Empty: services without a namespace; undefined: of any. */
  readonly namespace: string | undefined;
  readonly happened: DaySpan;
}

export function parseActivitySearch(search: FlatSearch): ActivitySearch {
  const status = textOf(search, 'status');
  const service = textOf(search, 'service');
  const namespace = search['namespace'];
  return {
    q: (textOf(search, 'q') ?? '').slice(0, 200),
    status: status !== undefined && nativeStatuses.some((word) => word === status) ? status : undefined,
    environment: textOf(search, 'environment'),
    service,
    namespace: typeof namespace === 'string' ? namespace : undefined,
    happened: { from: dayOf(textOf(search, 'from')), to: dayOf(textOf(search, 'to')) },
  };
}

export function activityQuery(search: ActivitySearch): DeploymentQuery {
  const { q, status, environment, service, namespace } = search;
  const { from, to } = search.happened;
  return {
    ...(q === '' ? {} : { q }),
    ...(status === undefined ? {} : { status }),
    ...(environment === undefined ? {} : { environment }),
    ...(service === undefined ? {} : { service }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(from === undefined ? {} : { since: momentOf(from, 0, 0) }),
    ...(to === undefined ? {} : { until: momentOf(to, 1, 0) }),
  };
}

/** Whether the list leaves out something of what it is about: everything, or one project. */
export function isActivityFiltered(search: ActivitySearch, ofProject: boolean): boolean {
  const { q, status, environment, service, namespace, happened } = search;
  const chosen = [status, environment, happened.from, happened.to, ...(ofProject ? [] : [service, namespace])];
  return q !== '' || chosen.some((value) => value !== undefined);
}

export const noActivityFilters: FlatSearch = {
  q: undefined,
  status: undefined,
  environment: undefined,
  service: undefined,
  namespace: undefined,
  from: undefined,
  to: undefined,
};
