import type { DeploymentQuery } from '../../../contract/deployment-event.ts';
import { nativeStatuses } from '../../../contract/statuses.ts';
import { anyTime, beginOf, type DaySpan, endOf, isAnyTime, parseDaySpan } from '../../lib/day-span.ts';
import { type FlatSearch, listOf, textOf } from '../../lib/flat-search.ts';

/** All that the activity page can be asked by its URL. */
export interface ActivitySearch {
  readonly q: string;
  /** Any of these; none: any at all. */
  readonly status: readonly string[];
  readonly environment: string | undefined;
  readonly service: string | undefined;
  /** Empty: services without a namespace; undefined: of any. */
  readonly namespace: string | undefined;
  readonly happened: DaySpan;
}

export function parseActivitySearch(search: FlatSearch): ActivitySearch {
  const service = textOf(search, 'service');
  const namespace = search['namespace'];
  return {
    q: (textOf(search, 'q') ?? '').slice(0, 200),
    status: listOf(search, 'status', nativeStatuses),
    environment: textOf(search, 'environment'),
    service,
    namespace: typeof namespace === 'string' ? namespace : undefined,
    happened: parseDaySpan(search),
  };
}

export function activityQuery(search: ActivitySearch): DeploymentQuery {
  const { q, status, environment, service, namespace, happened } = search;
  const [since, until] = [beginOf(happened, 0), endOf(happened, 0)];
  return {
    ...(q === '' ? {} : { q }),
    ...(status.length === 0 ? {} : { status: status.join(',') }),
    ...(environment === undefined ? {} : { environment }),
    ...(service === undefined ? {} : { service }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  };
}

/** Whether the list leaves out something of what it is about: everything, or one project. */
export function isActivityFiltered(search: ActivitySearch, ofProject: boolean): boolean {
  const { q, status, environment, service, namespace, happened } = search;
  const chosen = [environment, ...(ofProject ? [] : [service, namespace])];
  return q !== '' || status.length > 0 || !isAnyTime(happened) || chosen.some((value) => value !== undefined);
}

export const noActivityFilters: FlatSearch = {
  q: undefined,
  status: undefined,
  environment: undefined,
  service: undefined,
  namespace: undefined,
  ...anyTime,
};
