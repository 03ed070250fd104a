import { statuses, statusTable } from '../../../contract/statuses.ts';
import type { RecordFilter } from '../../features/deployments/deployment-types.ts';
import { badRequest } from './answers.ts';
import { choice, dateTime, text, type Values } from './parameters.ts';

const orders = ['id', 'iid', 'created_at', 'updated_at', 'finished_at', 'ref'] as const;
const listedStatuses = ['created', 'running', 'success', 'failed', 'canceled', 'skipped', 'blocked'] as const;
const finishedStatuses: readonly (string | undefined)[] = ['success', 'failed', 'canceled'];

export const filterParameters = {
  order_by: choice(orders, { fallback: 'id' }),
  sort: choice(['asc', 'desc'], { fallback: 'asc' }),
  updated_after: dateTime(),
  updated_before: dateTime(),
  finished_after: dateTime(),
  finished_before: dateTime(),
  environment: text(),
  status: choice(listedStatuses),
} as const;

type Filter = Values<typeof filterParameters>;

/** Which filters GitLab takes together, in the order in which it looks: what holds is refused, with its text. */
const refusals: readonly (readonly [holds: (filter: Filter) => boolean, reason: string])[] = [
  [
    (filter) => byUpdate(filter) && byFinish(filter),
    'Both `updated_at` filter and `finished_at` filter can not be specified',
  ],
  [(filter) => byUpdate(filter) && filter.order_by !== 'updated_at', '`updated_at` filter requires `updated_at` sort'],
  [
    (filter) => byFinish(filter) && filter.order_by !== 'finished_at',
    '`finished_at` filter requires `finished_at` sort.',
  ],
  [
    (filter) => filter.order_by === 'finished_at' && !byFinish(filter) && !finishedStatuses.includes(filter.status),
    '`finished_at` sort requires `finished_at` filter or a filter with at least one of the finished statuses.',
  ],
  [
    (filter) => byFinish(filter) && filter.status !== 'success',
    '`finished_at` filter must be combined with `success` status filter.',
  ],
];

/** What a list asks for. Throws the 400 of the combinations that GitLab refuses. */
export function recordFilter(filter: Filter): Omit<RecordFilter, 'projectId' | 'limit' | 'offset'> {
  const refusal = refusals.find(([holds]) => holds(filter));
  if (refusal) throw badRequest(refusal[1]);
  const { order_by: order, status } = filter;
  return {
    orderBy: order === 'updated_at' || order === 'finished_at' || order === 'ref' ? order : 'id',
    direction: filter.sort,
    environment: filter.environment,
    statuses: status === undefined ? undefined : statuses.filter((known) => statusTable[known].gitlab === status),
    updatedAfter: filter.updated_after,
    updatedBefore: filter.updated_before,
    finishedAfter: filter.finished_after,
    finishedBefore: filter.finished_before,
  };
}

function byUpdate({ updated_after, updated_before }: Filter): boolean {
  return updated_after !== undefined || updated_before !== undefined;
}

function byFinish({ finished_after, finished_before }: Filter): boolean {
  return finished_after !== undefined || finished_before !== undefined;
}
