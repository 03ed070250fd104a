import { type Static, Type } from 'typebox';
import { limits } from './limits.ts';
import { acceptedNativeStatuses, nativeStatuses, nativeStatusesPattern } from './statuses.ts';

/** A line of text: no NUL, no half of a surrogate pair (neither database keeps them), and not only blanks. */
export const text = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, format: 'text', description });

const runNumber = Type.Unsafe<number | string>({
  description: `Integer from 0 to ${limits.runNumber}, or a string of digits; answered as an integer.`,
  anyOf: [
    { type: 'integer', minimum: 0, maximum: limits.runNumber },
    { type: 'string', format: 'digits' },
  ],
});

const details = {
  namespace: Type.Optional(text(limits.namespace, 'The group the service belongs to; part of its identity.')),
  version: Type.Optional(text(limits.version, 'What was deployed, as people call it.')),
  run_url: Type.Optional(
    Type.String({ minLength: 1, maxLength: limits.runUrl, format: 'http-url', description: 'Link to the run.' }),
  ),
  actor: Type.Optional(text(limits.actor, 'Who or what started it.')),
  ref: Type.Optional(text(limits.ref, 'Branch or tag; opaque.')),
  sha: Type.Optional(text(limits.sha, 'Commit; opaque.')),
  parent_deployments: Type.Optional(
    Type.Array(text(limits.deploymentId, 'A deployment_id.'), {
      maxItems: limits.parents,
      uniqueItems: true,
      description:
        'deployment_ids this one was promoted from: kept as sent, and looked up when its lineage is asked for.',
    }),
  ),
};

/** What a pipeline posts: one fact about one deployment. Closed: an unknown field is refused. */
export const DeploymentReport = Type.Object(
  {
    deployment_id: text(limits.deploymentId, 'The emitter’s own key: every report of one run carries the same.'),
    service: text(limits.service, 'What is deployed.'),
    environment: text(limits.environment, 'Where it is deployed.'),
    status: Type.Unsafe<string>({ type: 'string', enum: acceptedNativeStatuses }),
    happened_at: Type.String({
      format: 'date-time',
      description: 'RFC 3339 with an offset; the emitter’s clock. At most 24 h ahead of the server.',
    }),
    run_number: Type.Optional(runNumber),
    ...details,
  },
  { additionalProperties: false, $id: 'DeploymentReport' },
);
export type DeploymentReport = Static<typeof DeploymentReport>;

/** One stored event, as every read and the stream answer it. Absent fields were not sent. */
export const DeploymentEvent = Type.Object(
  {
    id: Type.String({ description: 'UUIDv7.' }),
    position: Type.Integer({ description: 'Place in the one total order: gap-free, strictly increasing.' }),
    deployment_id: Type.String(),
    service: Type.String(),
    environment: Type.String(),
    status: Type.Unsafe<string>({ type: 'string', enum: nativeStatuses }),
    happened_at: Type.String({ format: 'date-time' }),
    run_number: Type.Optional(Type.Integer()),
    namespace: Type.Optional(Type.String()),
    version: Type.Optional(Type.String()),
    run_url: Type.Optional(Type.String()),
    actor: Type.Optional(
      Type.String({
        description:
          'Who or what started it; of what came by another API, the user or the project token that made it there.',
      }),
    ),
    ref: Type.Optional(Type.String()),
    sha: Type.Optional(Type.String()),
    parent_deployments: Type.Optional(Type.Array(Type.String())),
    progress_reporter: Type.Optional(Type.String({ description: 'Self-declared name of the emitter.' })),
    clock_skew: Type.Optional(Type.Boolean({ description: 'true: the emitter’s clock ran over 5 minutes ahead.' })),
    deployment_number: Type.Integer({
      description: 'The server’s own number of the deployment: `id` of the GitLab API, and of /api/approvals.',
    }),
    description: Type.Optional(Type.String()),
    kind: Type.Optional(Type.String({ description: 'planned, hotfix, rollback, config or unknown.' })),
    unapproved: Type.Optional(
      Type.Boolean({ description: 'true: it went to a protected environment without the approvals needed there.' }),
    ),
    during_freeze: Type.Optional(Type.Boolean({ description: 'true: it went while the project was frozen.' })),
  },
  { $id: 'DeploymentEvent' },
);
export type DeploymentEvent = Static<typeof DeploymentEvent>;

export const DeploymentPage = Type.Object(
  {
    items: Type.Array(DeploymentEvent),
    next_cursor: Type.Union([Type.String(), Type.Null()], { description: 'null on the last page.' }),
  },
  { $id: 'DeploymentPage' },
);
export type DeploymentPage = Static<typeof DeploymentPage>;

/** Filters of the event list; all that are given must hold. Newest first by happened_at, then by position. */
export const DeploymentQuery = Type.Object(
  {
    service: Type.Optional(Type.String({ minLength: 1, maxLength: limits.service, format: 'text' })),
    namespace: Type.Optional(
      Type.String({
        maxLength: limits.namespace,
        format: 'text-or-empty',
        description: 'Empty: services without a namespace.',
      }),
    ),
    environment: Type.Optional(Type.String({ minLength: 1, maxLength: limits.environment, format: 'text' })),
    status: Type.Optional(
      Type.String({
        pattern: nativeStatusesPattern,
        description: `One of ${nativeStatuses.join(', ')}; or several, with commas between them: any of these.`,
      }),
    ),
    deployment_id: Type.Optional(Type.String({ minLength: 1, maxLength: limits.deploymentId, format: 'text' })),
    since: Type.Optional(Type.String({ format: 'date-time', description: 'happened_at at or after this.' })),
    until: Type.Optional(Type.String({ format: 'date-time', description: 'happened_at before this.' })),
    q: Type.Optional(
      Type.String({
        maxLength: limits.search,
        format: 'text-or-empty',
        description:
          'Words, parted by blanks, each of them anywhere in service, namespace, environment, version, status, actor, ref, sha, deployment_id or run_number.',
      }),
    ),
    limit: Type.Optional(
      Type.String({ format: 'page-size', description: `1 to ${limits.page}; ${limits.defaultPage} when absent.` }),
    ),
    cursor: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'next_cursor of the page before.' }),
    ),
  },
  { additionalProperties: false, $id: 'DeploymentQuery' },
);
export type DeploymentQuery = Static<typeof DeploymentQuery>;

/** Answer of a batch: every item of it was stored, in the order it was sent. */
export const BatchAnswer = Type.Object(
  { accepted: Type.Integer(), items: Type.Array(DeploymentEvent) },
  { $id: 'BatchAnswer' },
);
export type BatchAnswer = Static<typeof BatchAnswer>;
