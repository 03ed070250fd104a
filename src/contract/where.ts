import { type Static, Type } from 'typebox';
import { ChangeList, CommitList, DeploymentMark, liveWords, RepositoryStanding } from './changes.ts';
import { text } from './deployment-event.ts';
import { projectReference, tier } from './fields.ts';
import { limits } from './limits.ts';

const textOrNull = Type.Union([Type.String(), Type.Null()]);
const integerOrNull = Type.Union([Type.Integer(), Type.Null()]);

export const candidateKinds = ['commit', 'change', 'version'] as const;
export type CandidateKind = (typeof candidateKinds)[number];

/** Whether what was asked for is in one environment. */
export const WherePlace = Type.Object(
  {
    project: Type.String(),
    environment: Type.String(),
    tier,
    state: Type.Unsafe<(typeof liveWords)[number]>({ type: 'string', enum: [...liveWords] }),
    since: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
      description: 'When the first deployment with it succeeded; null: never, or before the first one known.',
    }),
    deployment: Type.Union([DeploymentMark, Type.Null()], { description: 'That deployment.' }),
    current: Type.Union([DeploymentMark, Type.Null()], {
      description: 'What runs there now: it, or what contains it, where it is live.',
    }),
  },
  { $id: 'WherePlace' },
);
export type WherePlace = Static<typeof WherePlace>;

/** One thing that the question may mean. */
export const WhereCandidate = Type.Object(
  {
    kind: Type.Unsafe<CandidateKind>({ type: 'string', enum: [...candidateKinds] }),
    label: Type.String({ description: 'How people name it: a short sha, `!12`, a version.' }),
    title: textOrNull,
    project: Type.Union([Type.String(), Type.Null()], {
      description: 'The project of a change, and of what only one project has; null: see its places.',
    }),
    number: integerOrNull,
    sha: textOrNull,
    author: textOrNull,
    web_url: textOrNull,
    places: Type.Array(WherePlace, { description: 'By project, then in the order of the matrix.' }),
  },
  { $id: 'WhereCandidate' },
);
export type WhereCandidate = Static<typeof WhereCandidate>;

export const WhereAnswer = Type.Object(
  {
    query: Type.String(),
    items: Type.Array(WhereCandidate, { description: 'The likeliest first.' }),
    more: Type.Boolean({ description: 'true: there are more than are shown; say it more exactly.' }),
    repository: RepositoryStanding,
  },
  { $id: 'WhereAnswer' },
);
export type WhereAnswer = Static<typeof WhereAnswer>;

export const WhereQuery = Type.Object(
  {
    q: text(
      limits.search,
      'A sha or its first 4 characters or more, `!12`, `#12`, `12`, `group/project!12`, the address of a change or commit, a version, a ticket, or words of a title.',
    ),
  },
  { additionalProperties: false, $id: 'WhereQuery' },
);
export type WhereQuery = Static<typeof WhereQuery>;

const contents = Type.Object({ commits: CommitList, changes: ChangeList });

/** What one deployment has and another has not, and the other way round. */
export const DeploymentDiff = Type.Object(
  {
    project: Type.String(),
    from: DeploymentMark,
    to: DeploymentMark,
    known: Type.Boolean({ description: 'false: the commits are not known, and `reason` says why.' }),
    reason: textOrNull,
    added: Type.Object(contents.properties, { description: 'What `to` has and `from` has not.' }),
    missing: Type.Object(contents.properties, { description: 'What `from` has and `to` has not.' }),
    repository: RepositoryStanding,
  },
  { $id: 'DeploymentDiff' },
);
export type DeploymentDiff = Static<typeof DeploymentDiff>;

const deploymentNumber = Type.String({ pattern: '^[0-9]{1,15}$', description: 'The number of a deployment.' });
const environment = Type.String({ minLength: 1, maxLength: limits.environment, format: 'text' });

/** Two deployments, or a project and two of its environments: what runs there now. */
export const DiffQuery = Type.Object(
  {
    from: Type.Optional(deploymentNumber),
    to: Type.Optional(deploymentNumber),
    project: Type.Optional(projectReference),
    from_environment: Type.Optional(environment),
    to_environment: Type.Optional(environment),
  },
  { additionalProperties: false, $id: 'DiffQuery' },
);
export type DiffQuery = Static<typeof DiffQuery>;

export const shipmentKinds = ['baseline', 'shipped', 'unknown'] as const;

/** What a deployment did to its environment; what it would do where it has not succeeded. */
export const DeploymentChanges = Type.Object(
  {
    project: Type.String(),
    deployment: Type.Integer(),
    environment: Type.String(),
    kind: Type.Unsafe<(typeof shipmentKinds)[number]>({
      type: 'string',
      enum: [...shipmentKinds],
      description: 'baseline: the first one known there, so that nothing counts as shipped by it.',
    }),
    reason: Type.Union([Type.String(), Type.Null()], { description: 'For people: why it is unknown, or a baseline.' }),
    ships: Type.Object(ChangeList.properties, {
      description: 'Changes that came to the environment for the first time.',
    }),
    takes_out: Type.Object(ChangeList.properties, { description: 'Those that were live before and are not any more.' }),
    brings_back: Type.Object(ChangeList.properties, { description: 'Those that had been there once, and are again.' }),
    reverted: Type.Object(ChangeList.properties, { description: 'Those that a commit in it undoes.' }),
    commits: Type.Object(CommitList.properties, { description: 'What it has and the one before it had not.' }),
    repository: RepositoryStanding,
  },
  { $id: 'DeploymentChanges' },
);
export type DeploymentChanges = Static<typeof DeploymentChanges>;

/** How far one project in one environment is behind the environment before it. */
export const Lag = Type.Object(
  {
    project: Type.String(),
    environment: Type.String(),
    before: Type.String({ description: 'The environment before it.' }),
    commits: Type.Union([Type.Integer(), Type.Null()], { description: 'null: one of the commits is not known.' }),
    changes: integerOrNull,
  },
  { $id: 'Lag' },
);
export type Lag = Static<typeof Lag>;

/** Lanes that have nothing before them, or whose project has no repository, are left out. */
export const BehindAnswer = Type.Object(
  { items: Type.Array(Lag), repository: RepositoryStanding },
  { $id: 'BehindAnswer' },
);
export type BehindAnswer = Static<typeof BehindAnswer>;

export const BehindQuery = Type.Object(
  { project: Type.Optional(projectReference) },
  { additionalProperties: false, $id: 'BehindQuery' },
);
export type BehindQuery = Static<typeof BehindQuery>;
