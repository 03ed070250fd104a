import { type Static, Type } from 'typebox';
import { type MemberLevel, memberLevels } from './access-levels.ts';
import { text } from './deployment-event.ts';
import { moment, projectReference } from './fields.ts';
import { limits } from './limits.ts';
import { userFields } from './users.ts';

const level = Type.Unsafe<MemberLevel>({
  type: 'integer',
  enum: [...memberLevels],
  description: '10 guest, 20 reporter, 30 developer, 40 maintainer, 50 owner.',
});
const expiresAt = Type.Union([moment, Type.Null()], { description: 'When the membership ends; null: not by itself.' });

const holder = {
  project: Type.Optional(projectReference),
  group: Type.Optional(text(limits.namespace, 'Its path, `group/subgroup`, or its number.')),
};

/** Names what has members: a project or a group, one of the two. */
export const HolderQuery = Type.Object(holder, { additionalProperties: false, $id: 'HolderQuery' });
export type HolderQuery = Static<typeof HolderQuery>;

export const Member = Type.Object(
  {
    ...userFields,
    access_level: level,
    expires_at: expiresAt,
    created_at: moment,
    added_by: Type.Union([Type.String(), Type.Null()], { description: 'Name of the user; null: not known.' }),
    of: Type.Object(
      { kind: Type.Unsafe<'project' | 'group'>({ type: 'string', enum: ['project', 'group'] }), path: Type.String() },
      { description: 'Where this membership is; members of a group are members of all that lies in it.' },
    ),
    inherited: Type.Boolean({ description: 'It is in a group around what was asked for.' }),
  },
  { $id: 'Member' },
);
export type Member = Static<typeof Member>;

/** With a user who is no member yet. */
export const MemberRequest = Type.Object(
  {
    username: Type.String({ minLength: 1, maxLength: 64, format: 'text' }),
    access_level: level,
    expires_at: Type.Optional(expiresAt),
  },
  { additionalProperties: false, $id: 'MemberRequest' },
);
export type MemberRequest = Static<typeof MemberRequest>;

/** What is not said stays as it is. */
export const MemberUpdate = Type.Object(
  { access_level: Type.Optional(level), expires_at: Type.Optional(expiresAt) },
  { additionalProperties: false, minProperties: 1, $id: 'MemberUpdate' },
);
export type MemberUpdate = Static<typeof MemberUpdate>;

export const MemberListQuery = Type.Object(
  {
    ...holder,
    search: Type.Optional(
      Type.String({ maxLength: limits.search, format: 'text-or-empty', description: 'Part of a user name or name.' }),
    ),
    inherited: Type.Optional(
      Type.Unsafe<'false'>({ type: 'string', enum: ['false'], description: 'Without those of the groups around it.' }),
    ),
    limit: Type.Optional(Type.String({ format: 'page-size' })),
    page: Type.Optional(Type.String({ format: 'digits', description: 'From 1.' })),
  },
  { additionalProperties: false, $id: 'MemberListQuery' },
);
export type MemberListQuery = Static<typeof MemberListQuery>;

/** Members in the order in which they became it; of several memberships of one user the one that counts. */
export const MemberPage = Type.Object(
  {
    items: Type.Array(Member),
    total: Type.Integer(),
    next_page: Type.Union([Type.Integer(), Type.Null()], { description: 'null: this is the last one.' }),
    access_level: Type.Integer({ description: 'The caller’s there: from 0 to 60, an administrator’s.' }),
  },
  { $id: 'MemberPage' },
);
export type MemberPage = Static<typeof MemberPage>;
