import { type Static, Type } from 'typebox';
import { moment } from './fields.ts';

/** What is forgotten after a while that administrators may change. */
export const changeableKinds = ['webhook_deliveries', 'incoming_recorded', 'incoming_other'] as const;
export type ChangeableKind = (typeof changeableKinds)[number];

/** All that is kept. What is recorded of deployments, and who did what, is never forgotten. */
export const retentionKinds = ['events', 'audit_entries', ...changeableKinds, 'idempotency_keys', 'sessions'] as const;
export type RetentionKind = (typeof retentionKinds)[number];

/** No more than this many rows of a kind are counted: it would take too long. */
export const mostCounted = 100_000;

const days = Type.Integer({ minimum: 1, maximum: 3650 });

const Retention = Type.Object(
  {
    kind: Type.Unsafe<RetentionKind>({ type: 'string', enum: [...retentionKinds] }),
    days: Type.Union([Type.Integer(), Type.Null()], { description: 'How long it is kept; null: for ever.' }),
    most_of_project: Type.Union([Type.Integer(), Type.Null()], {
      description:
        'Of each project no more than the latest so many are kept, whatever the days: of all incoming webhooks together. null: any number.',
    }),
    change: Type.Union(
      [
        Type.Object({
          default_days: Type.Integer(),
          least_days: Type.Integer(),
          most_days: Type.Integer(),
          changed_at: Type.Union([moment, Type.Null()], { description: 'null: it is as it was delivered.' }),
          changed_by: Type.Union([Type.String(), Type.Null()], { description: 'Name of who changed it last.' }),
        }),
        Type.Null(),
      ],
      { description: 'What an administrator may make of it; null: it stays as it is.' },
    ),
    rows: Type.Integer({ description: `How many there are; no more than ${mostCounted + 1} are counted, but events.` }),
    oldest_at: Type.Union([moment, Type.Null()], { description: 'When the oldest came; null: there is none.' }),
  },
  { $id: 'Retention' },
);
export type Retention = Static<typeof Retention>;

export const RetentionList = Type.Object({ items: Type.Array(Retention) }, { $id: 'RetentionList' });
export type RetentionList = Static<typeof RetentionList>;

/** Days for each kind that is to change. */
export const RetentionRequest = Type.Object(
  {
    webhook_deliveries: Type.Optional(days),
    incoming_recorded: Type.Optional(days),
    incoming_other: Type.Optional(days),
  },
  { additionalProperties: false, minProperties: 1, $id: 'RetentionRequest' },
);
export type RetentionRequest = Static<typeof RetentionRequest>;
