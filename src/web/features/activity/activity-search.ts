import type { DeploymentQuery } from '../../../contract/deployment-event.ts';
import { nativeStatuses } from '../../../contract/statuses.ts';
import { type FlatSearch, textOf } from '../../lib/flat-search.ts';

/** All that the activity page can be asked by its URL. */
export interface ActivitySearch {
  readonly q: string;
  readonly status: string | undefined;
  readonly environment: string | undefined;
  readonly service: string | undefined;
  /** Empty: services without a namespace; undefined: of any. */
  readonly namespace: string | undefined;
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
  };
}

export function activityQuery({ q, status, environment, service, namespace }: ActivitySearch): DeploymentQuery {
  return {
    ...(q === '' ? {} : { q }),
    ...(status === undefined ? {} : { status }),
    ...(environment === undefined ? {} : { environment }),
    ...(service === undefined ? {} : { service }),
    ...(namespace === undefined ? {} : { namespace }),
  };
}

export const noActivityFilters: FlatSearch = {
  q: undefined,
  status: undefined,
  environment: undefined,
  service: undefined,
  namespace: undefined,
};
