import { type Static, Type } from 'typebox';
import { text } from './deployment-event.ts';
import { moment, tier } from './fields.ts';
import { limits } from './limits.ts';

const momentOrNull = Type.Union([moment, Type.Null()]);
const textOrNull = Type.Union([Type.String(), Type.Null()]);
const count = Type.Integer({ minimum: 0 });
const oneOf = <const T extends readonly string[]>(words: T, description: string) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words], description });

export const repositoryWords = ['none', 'waiting', 'failed', 'ready'] as const;

/** What the answer could be made of. What is known of a repository that failed is used all the same. */
export const RepositoryStanding = Type.Object(
  {
    state: oneOf(
      repositoryWords,
      'none: no repository is connected. waiting: it was not read yet. failed: it could not be read the last time.',
    ),
    reason: Type.Union([Type.String(), Type.Null()], {
      description:
        'For people: what is not known and why, or what connecting a repository would add; null: there is nothing to say.',
    }),
  },
  { $id: 'RepositoryStanding' },
);
export type RepositoryStanding = Static<typeof RepositoryStanding>;

export const changeWords = ['opened', 'closed', 'locked', 'merged'] as const;
const changeState = oneOf(changeWords, 'Of the change itself, as the tool calls it.');

export const liveWords = ['live', 'reverted', 'left', 'never', 'unknown'] as const;
export type LiveWord = (typeof liveWords)[number];
const liveState = oneOf(
  liveWords,
  'left: it was there, and what runs now does not contain it. reverted: a later commit there undid it. unknown: the commit that runs is not known.',
);

export const ChangePerson = Type.Object(
  { username: textOrNull, name: textOrNull },
  { description: 'Of who wrote commits only the name is known.' },
);
export type ChangePerson = Static<typeof ChangePerson>;

/** A deployment, as far as a change needs it. */
export const DeploymentMark = Type.Object(
  {
    deployment: Type.Integer({ description: 'Its number, as `deployment_number` of events.' }),
    environment: Type.String(),
    version: textOrNull,
    ref: textOrNull,
    sha: textOrNull,
    at: Type.String({ format: 'date-time', description: 'When it succeeded; where it has not, of its latest news.' }),
  },
  { description: 'A deployment, as far as it matters here.' },
);
export type DeploymentMark = Static<typeof DeploymentMark>;

/** One rung of the ladder, in short. */
export const ChangePlace = Type.Object({
  environment: Type.String(),
  tier,
  state: liveState,
  deployed_at: Type.Union([moment, Type.Null()], {
    description: 'When the first deployment that contains it succeeded; null: none, or what was there before it.',
  }),
  deployment: Type.Union([Type.Integer(), Type.Null()], { description: 'The number of that deployment.' }),
});
export type ChangePlace = Static<typeof ChangePlace>;

const summary = {
  project: Type.String({ description: 'Its path.' }),
  number: Type.Integer(),
  reference: Type.String({ description: '`!12` or `#12`, as its tool writes it.' }),
  title: Type.String(),
  state: changeState,
  draft: Type.Boolean(),
  author: Type.Union([ChangePerson, Type.Null()]),
  web_url: textOrNull,
};

/** A change where others are listed, too. */
export const ChangeSummary = Type.Object({ ...summary, merged_at: momentOrNull });
export type ChangeSummary = Static<typeof ChangeSummary>;

const change = {
  ...summary,
  merged_at: momentOrNull,
  created_at: moment,
  updated_at: moment,
};

export const Change = Type.Object(
  {
    ...change,
    environments: Type.Array(ChangePlace, {
      description: 'Those of its project that are tracked, in the order of the matrix; none without a repository.',
    }),
  },
  { $id: 'Change' },
);
export type Change = Static<typeof Change>;

export const ChangePage = Type.Object(
  {
    items: Type.Array(Change),
    next_cursor: Type.Union([Type.String(), Type.Null()], { description: 'null on the last page.' }),
    repository: RepositoryStanding,
  },
  { $id: 'ChangePage' },
);
export type ChangePage = Static<typeof ChangePage>;

const project = text(limits.path, 'A project’s path, `group/name`, or its number.');
const environment = Type.String({ minLength: 1, maxLength: limits.environment, format: 'text' });
const pageSize = Type.String({
  format: 'page-size',
  description: `1 to ${limits.page}; ${limits.defaultPage} when absent.`,
});
const cursor = Type.String({ minLength: 1, maxLength: 200, description: 'next_cursor of the page before.' });

const search = text(limits.search, 'Anywhere in title or description, or its number, as in `12`, `#12` or `!12`.');

/** All that is given must hold; the three about deployments must hold of the same one. Latest updated first. */
export const ChangeQuery = Type.Object(
  {
    project: Type.Optional(project),
    environment: Type.Optional(
      Type.String({ ...environment, description: 'Was deployed there, by a deployment that is known.' }),
    ),
    not_in: Type.Optional(Type.String({ ...environment, description: 'Is not live there now, as far as is known.' })),
    state: Type.Optional(changeState),
    author: Type.Optional(text(limits.actor, 'The user name or name of its author.')),
    search: Type.Optional(search),
    deployed_after: Type.Optional(moment),
    deployed_before: Type.Optional(moment),
    limit: Type.Optional(pageSize),
    cursor: Type.Optional(cursor),
  },
  { additionalProperties: false, $id: 'ChangeQuery' },
);
export type ChangeQuery = Static<typeof ChangeQuery>;

export const landingWords = ['merge', 'squash', 'head', 'pick', 'copy'] as const;

export const CommitSummary = Type.Object({
  sha: Type.String(),
  subject: Type.String(),
  author: Type.String(),
  authored_at: moment,
  committed_at: moment,
});
export type CommitSummary = Static<typeof CommitSummary>;

/** A list that may be long: its first entries, and how many there are. */
export const CommitList = Type.Object({
  count,
  items: Type.Array(CommitSummary, { description: 'The newest, at most 100.' }),
});
export type CommitList = Static<typeof CommitList>;

export const ChangeList = Type.Object({
  count,
  items: Type.Array(ChangeSummary, { description: 'The highest numbers, at most 100.' }),
});
export type ChangeList = Static<typeof ChangeList>;

/** One environment of a change's ladder. */
export const ChangeRung = Type.Object({
  environment: Type.String(),
  tier,
  state: liveState,
  first: Type.Union([DeploymentMark, Type.Null()], {
    description: 'The first deployment that contains it; null: none, or it was there before the first one known.',
  }),
  landed: Type.Union([oneOf(landingWords, 'How that one contains it.'), Type.Null()]),
  gone: Type.Union([DeploymentMark, Type.Null()], {
    description: 'The deployment since which it is not live any more: a rollback, or one with its revert.',
  }),
  current: Type.Union([DeploymentMark, Type.Null()], { description: 'What runs there now.' }),
});
export type ChangeRung = Static<typeof ChangeRung>;

/** One change with its ladder: merged, then each environment. */
export const ChangeDetails = Type.Object(
  {
    ...change,
    description: textOrNull,
    labels: Type.Array(Type.String()),
    source_branch: textOrNull,
    target_branch: textOrNull,
    merged_by: textOrNull,
    closed_at: momentOrNull,
    merge_commit_sha: textOrNull,
    squash_commit_sha: textOrNull,
    head_sha: textOrNull,
    ladder: Type.Array(ChangeRung),
    commits: CommitList,
    repository: RepositoryStanding,
  },
  { $id: 'ChangeDetails' },
);
export type ChangeDetails = Static<typeof ChangeDetails>;

export const ChangeDetailsQuery = Type.Object({ project }, { additionalProperties: false });

/** What is live in one environment and not in another. */
export const WaitingChange = Type.Object(
  {
    ...summary,
    merged_at: momentOrNull,
    from: Type.Object({
      environment: Type.String(),
      tier,
      deployed_at: momentOrNull,
      deployment: Type.Union([Type.Integer(), Type.Null()]),
    }),
    to: Type.Object({ environment: Type.String(), tier, state: liveState }),
    waiting_since: Type.String({
      format: 'date-time',
      description: 'When it came to `from`; where that is not known, when it was merged.',
    }),
    waiting_seconds: Type.Integer({ minimum: 0 }),
  },
  { $id: 'WaitingChange' },
);
export type WaitingChange = Static<typeof WaitingChange>;

export const WaitingPage = Type.Object(
  {
    items: Type.Array(WaitingChange),
    next_cursor: Type.Union([Type.String(), Type.Null()], { description: 'null on the last page.' }),
    total: Type.Integer({ description: 'Of all pages.' }),
    unknown: Type.Array(Type.Object({ project: Type.String(), environment: Type.String() }), {
      description:
        'Environments of which nothing can be said, since the commit that runs there is not known; at most 100.',
    }),
    repository: RepositoryStanding,
  },
  { $id: 'WaitingPage' },
);
export type WaitingPage = Static<typeof WaitingPage>;

/** The one that waits longest first. */
export const WaitingQuery = Type.Object(
  {
    project: Type.Optional(project),
    from: Type.Optional(Type.String({ ...environment, description: 'Absent: the environment before `to`.' })),
    to: Type.Optional(Type.String({ ...environment, description: 'Absent: each environment that has one before it.' })),
    search: Type.Optional(search),
    limit: Type.Optional(pageSize),
    cursor: Type.Optional(cursor),
  },
  { additionalProperties: false, $id: 'WaitingQuery' },
);
export type WaitingQuery = Static<typeof WaitingQuery>;
