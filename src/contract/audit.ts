import { type Static, Type } from 'typebox';
import { text } from './deployment-event.ts';
import { moment, projectReference } from './fields.ts';
import { limits } from './limits.ts';

/** What somebody did that others may have to account for. It holds no secret. */
export const AuditEntry = Type.Object(
  {
    id: Type.Integer(),
    at: moment,
    author: Type.Object({
      user_id: Type.Union([Type.Integer(), Type.Null()]),
      name: Type.Union([Type.String(), Type.Null()], { description: 'As it was then; null: it is not known.' }),
    }),
    project: Type.Union([Type.String(), Type.Null()], {
      description: 'Path that the project it belongs to has now; null: it belongs to none, or that was deleted.',
    }),
    project_id: Type.Union([Type.Integer(), Type.Null()]),
    group: Type.Union([Type.String(), Type.Null()], { description: 'The same of a group.' }),
    group_id: Type.Union([Type.Integer(), Type.Null()]),
    action: Type.String({ description: 'In snake case: `deployment_approved`.' }),
    details: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
  },
  { $id: 'AuditEntry' },
);
export type AuditEntry = Static<typeof AuditEntry>;

const listed = {
  after: Type.Optional(Type.String({ format: 'date-time', description: 'At or after this.' })),
  before: Type.Optional(Type.String({ format: 'date-time', description: 'At or before this.' })),
  limit: Type.Optional(Type.String({ format: 'page-size' })),
  page: Type.Optional(
    Type.String({ format: 'digits', description: 'From 1. What is done meanwhile moves entries to later pages.' }),
  ),
};

export const AuditQuery = Type.Object(
  {
    project: projectReference,
    ...listed,
  },
  { additionalProperties: false, $id: 'AuditQuery' },
);
export type AuditQuery = Static<typeof AuditQuery>;

export const GroupAuditQuery = Type.Object(
  { group: text(limits.namespace, 'Its path, `group/subgroup`, or its number.'), ...listed },
  { additionalProperties: false, $id: 'GroupAuditQuery' },
);
export type GroupAuditQuery = Static<typeof GroupAuditQuery>;

export const ServerAuditQuery = Type.Object(
  {
    of: Type.Optional(
      Type.Unsafe<'all' | 'server'>({
        type: 'string',
        enum: ['all', 'server'],
        description: '`server`: only what belongs to no project or group. Absent: all.',
      }),
    ),
    ...listed,
  },
  { additionalProperties: false, $id: 'ServerAuditQuery' },
);
export type ServerAuditQuery = Static<typeof ServerAuditQuery>;

/** Newest first. */
export const AuditPage = Type.Object(
  {
    items: Type.Array(AuditEntry),
    total: Type.Integer(),
    next_page: Type.Union([Type.Integer(), Type.Null()], { description: 'null: this is the last one.' }),
  },
  { $id: 'AuditPage' },
);
export type AuditPage = Static<typeof AuditPage>;
