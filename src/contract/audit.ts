import { type Static, Type } from 'typebox';
import { text } from './deployment-event.ts';
import { limits } from './limits.ts';

const moment = Type.String({ format: 'date-time' });

/** What somebody did that others may have to account for. It holds no secret. */
export const AuditEntry = Type.Object(
  {
    id: Type.Integer(),
    at: moment,
    author: Type.Object({
      user_id: Type.Union([Type.Integer(), Type.Null()]),
      name: Type.Union([Type.String(), Type.Null()], { description: 'As it was then; null: it is not known.' }),
    }),
    action: Type.String({ description: 'In snake case: `deployment_approved`.' }),
    details: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
  },
  { $id: 'AuditEntry' },
);
export type AuditEntry = Static<typeof AuditEntry>;

export const AuditQuery = Type.Object(
  {
    project: text(limits.namespace + limits.service + 1, 'Its path, `group/name`, or its number.'),
    after: Type.Optional(Type.String({ format: 'date-time', description: 'At or after this.' })),
    before: Type.Optional(Type.String({ format: 'date-time', description: 'At or before this.' })),
    limit: Type.Optional(Type.String({ format: 'page-size' })),
    page: Type.Optional(
      Type.String({ format: 'digits', description: 'From 1. What is done meanwhile moves entries to later pages.' }),
    ),
  },
  { additionalProperties: false, $id: 'AuditQuery' },
);
export type AuditQuery = Static<typeof AuditQuery>;

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
