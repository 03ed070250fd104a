import { type Static, Type } from 'typebox';
import { DeploymentEvent } from './deployment-event.ts';
import { tiers } from './tiers.ts';

/**
 * What the matrix shows of one project in one environment.
 * current          the deployment that changes or last changed the environment; where none did, the newest news
 * last_successful  the newest success, when current is not one
 * next             newest news (pending, queued, waiting, cancelled, rejected) later than current
 * waiting          what waits there now, also where something else came since: it may be current or next as well
 * prev_failed      current is in progress and what finished before it failed
 */
export const MatrixSlot = Type.Object(
  {
    current: DeploymentEvent,
    last_successful: Type.Optional(DeploymentEvent),
    next: Type.Optional(DeploymentEvent),
    waiting: Type.Optional(
      Type.Object(
        {
          newest: DeploymentEvent,
          count: Type.Integer({ minimum: 1, description: 'How many deployments wait, with the newest.' }),
        },
        {
          description:
            'What waits there now, for approval or because its tool said so. Present whenever something does: the newest may be `current` or `next` as well, or older than both.',
        },
      ),
    ),
    prev_failed: Type.Optional(Type.Boolean()),
    started_at: Type.Optional(
      Type.String({ format: 'date-time', description: 'When the current deployment began to change the environment.' }),
    ),
    stale_at: Type.Optional(
      Type.String({
        format: 'date-time',
        description: 'A running deployment without news by this time counts as stale.',
      }),
    ),
    stale: Type.Optional(Type.Boolean()),
    behind: Type.Optional(
      Type.Object(
        {
          environment: Type.String({ description: 'The environment this one follows.' }),
          versions: Type.Integer({ description: 'Successful deployments there since the one that is live here.' }),
          more: Type.Optional(Type.Boolean({ description: 'true: at least so many; history ends there.' })),
        },
        { description: 'How far this slot is behind the environment before it.' },
      ),
    ),
  },
  { $id: 'MatrixSlot' },
);
export type MatrixSlot = Static<typeof MatrixSlot>;

export const MatrixRow = Type.Object(
  {
    service: Type.String(),
    namespace: Type.Optional(Type.String()),
    slots: Type.Record(Type.String(), MatrixSlot, {
      description: 'By environment; an environment never deployed to is absent.',
    }),
  },
  { $id: 'MatrixRow' },
);
export type MatrixRow = Static<typeof MatrixRow>;

export const EnvironmentColumn = Type.Object({
  name: Type.String(),
  tier: Type.Unsafe<(typeof tiers)[number]>({ type: 'string', enum: [...tiers] }),
});
export type EnvironmentColumn = Static<typeof EnvironmentColumn>;

/**
 * The matrix. With `since=<version>` rows and their slots are only those that changed after that version:
 * merging them over an older answer gives the present one, which is how a page catches up after sleep.
 */
export const Matrix = Type.Object(
  {
    generated_at: Type.String({ format: 'date-time' }),
    log: Type.Integer({
      description:
        'Names the log that the versions belong to; another one, as after a restore, has nothing to merge with.',
    }),
    seen_by: Type.String({
      description:
        'Names what the caller may see; an answer with another one has rows that an older one lacks, or lacks rows that it has, so there is nothing to merge with.',
    }),
    version: Type.Integer({ description: 'Grows with every change; send it back as `since`.' }),
    environments: Type.Array(Type.String(), { description: 'Columns: by tier, then by name.' }),
    columns: Type.Array(EnvironmentColumn),
    rows: Type.Array(MatrixRow),
  },
  { $id: 'Matrix' },
);
export type Matrix = Static<typeof Matrix>;

export const MatrixQuery = Type.Object(
  {
    service: Type.Optional(Type.String({ minLength: 1, maxLength: 128, format: 'text' })),
    namespace: Type.Optional(Type.String({ maxLength: 128, format: 'text-or-empty' })),
    after: Type.Optional(
      Type.String({
        format: 'position',
        description: 'A position already seen in the stream: the answer knows it too.',
      }),
    ),
    since: Type.Optional(
      Type.String({ format: 'digits', description: 'A version: answer only what changed after it.' }),
    ),
  },
  { additionalProperties: false, $id: 'MatrixQuery' },
);
export type MatrixQuery = Static<typeof MatrixQuery>;
