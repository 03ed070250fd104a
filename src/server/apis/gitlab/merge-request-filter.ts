import type { ChangeFilter } from '../../features/changes/change-filter.ts';
import { changeStates } from '../../features/changes/change-types.ts';
import { choice, dateTime, integer, list, prohibited, text, type Values } from './parameters.ts';

const scopes = ['created-by-me', 'assigned-to-me', 'created_by_me', 'assigned_to_me', 'reviews_for_me', 'all'] as const;
const orders = [
  'created_at',
  'label_priority',
  'merged_at',
  'milestone_due',
  'popularity',
  'priority',
  'title',
  'updated_at',
] as const;

/** About what changes do not have here: nobody is asked to review or to take care of them. */
const nothingOfThat = {
  milestone: text(),
  my_reaction_emoji: text(),
  assignee_id: text(),
  assignee_username: list(text({ required: true })),
  reviewer_id: text(),
  reviewer_username: text(),
  approved_by_ids: list(text({ required: true })),
  approved_by_usernames: list(text({ required: true })),
} as const;

const every = {
  state: choice([...changeStates, 'all'], { fallback: 'all' }),
  order_by: choice(orders, { fallback: 'created_at' }),
  sort: choice(['asc', 'desc'], { fallback: 'desc' }),
  labels: list(text({ required: true })),
  created_after: dateTime(),
  created_before: dateTime(),
  updated_after: dateTime(),
  updated_before: dateTime(),
  merged_after: dateTime(),
  merged_before: dateTime(),
  view: choice(['simple']),
  author_id: integer(),
  author_username: text(),
  merge_user_username: text(),
  source_branch: text(),
  target_branch: text(),
  search: text(),
  in: text(),
  wip: choice(['yes', 'no']),
  not: prohibited('is not supported'),
  deployed_before: dateTime(),
  deployed_after: dateTime(),
  environment: text(),
  iids: list(integer({ required: true })),
  ...nothingOfThat,
} as const;

/** Of the list of everything, which begins with what the caller made. */
export const allParameters = { ...every, scope: choice(scopes, { fallback: 'created_by_me' }) } as const;
/** Of the lists of projects, groups and deployments. */
export const ownParameters = { ...every, scope: choice(scopes, { fallback: 'all' }) } as const;

type Asked = Values<typeof allParameters>;

/** What is asked of a list, apart from who may see what and who the author of an id is. */
export function changeFilter(asked: Asked): ChangeFilter {
  const { order_by: order, labels = [], state, wip } = asked;
  const words = new Set(labels.map((label) => label.toLowerCase()));
  const special = words.size === 1 && (words.has('none') || words.has('any'));
  const isAbout = { environment: asked.environment, deployedAfter: asked.deployed_after };
  return {
    ids: asksForNothing(asked) ? [] : undefined,
    numbers: asked.iids,
    states: state === 'all' ? undefined : [state],
    author: asked.author_username,
    mergedBy: asked.merge_user_username,
    search: asked.search,
    searchIn: searched.filter((column) => asked.in === undefined || asked.in.split(',').includes(column)),
    sourceBranch: asked.source_branch,
    targetBranch: asked.target_branch,
    isDraft: wip === undefined ? undefined : wip === 'yes',
    labels: special ? [] : labels,
    hasLabels: special ? words.has('any') : undefined,
    createdAfter: asked.created_after,
    createdBefore: asked.created_before,
    updatedAfter: asked.updated_after,
    updatedBefore: asked.updated_before,
    mergedAfter: asked.merged_after,
    mergedBefore: asked.merged_before,
    link: { ...isAbout, deployedBefore: asked.deployed_before },
    orderBy: order === 'updated_at' || order === 'merged_at' || order === 'title' ? order : 'created_at',
    direction: asked.sort,
  };
}

const searched = ['title', 'description'] as const;

/** Whoever asks for those without an assignee, a milestone and so on asks for all; any others do not exist. */
function asksForNothing(asked: Asked): boolean {
  if (['assigned-to-me', 'assigned_to_me', 'reviews_for_me'].includes(asked.scope)) return true;
  return Object.keys(nothingOfThat).some((name) => {
    const value = asked[name as keyof typeof nothingOfThat]; // its own key
    return value !== undefined && !/^(none|0)$/i.test(String(value));
  });
}
