import { type Static, Type } from 'typebox';
import { text } from './deployment-event.ts';
import { limits } from './limits.ts';
import { type Visibility, visibilities } from './visibilities.ts';

const visibility = Type.Unsafe<Visibility>({ type: 'string', enum: [...visibilities] });
const name = text(255, 'What people call it.');
const slug = text(limits.namespace, 'The last part of its path.');
const groupName = text(limits.namespace, 'Its path, `group/subgroup`, or its number.');
const description = Type.Union([Type.String({ maxLength: limits.description, format: 'text-or-empty' }), Type.Null()]);

/** Names one group. */
export const GroupQuery = Type.Object({ group: groupName }, { additionalProperties: false, $id: 'GroupQuery' });
export type GroupQuery = Static<typeof GroupQuery>;

export const Group = Type.Object(
  {
    id: Type.Integer(),
    path: Type.String({ description: 'From the top: `group/subgroup`.' }),
    name: Type.String(),
    description: Type.Union([Type.String(), Type.Null()]),
    visibility,
    access_level: Type.Integer({
      description: 'The caller’s as a member of it or of a group around it: 0 for none, 60 for an administrator.',
    }),
    created_at: Type.String({ format: 'date-time' }),
  },
  { $id: 'Group' },
);
export type Group = Static<typeof Group>;

export const GroupDetails = Type.Object(
  {
    ...Group.properties,
    groups: Type.Array(Type.Object({ path: Type.String(), name: Type.String() }), {
      description: 'Those that it lies in and the caller may know of, from the top.',
    }),
  },
  { $id: 'GroupDetails' },
);
export type GroupDetails = Static<typeof GroupDetails>;

export const GroupRequest = Type.Object(
  {
    name,
    path: slug,
    parent: Type.Optional(
      text(limits.namespace, 'The group that it lies in; absent: none, which is for administrators.'),
    ),
    description: Type.Optional(description),
    visibility: Type.Optional(visibility),
  },
  { additionalProperties: false, $id: 'GroupRequest' },
);
export type GroupRequest = Static<typeof GroupRequest>;

/** What is not said stays as it is. */
export const GroupUpdate = Type.Object(
  {
    name: Type.Optional(name),
    path: Type.Optional(text(limits.namespace, 'The last part of its path. All that lies in it moves along.')),
    description: Type.Optional(description),
    visibility: Type.Optional(visibility),
  },
  { additionalProperties: false, minProperties: 1, $id: 'GroupUpdate' },
);
export type GroupUpdate = Static<typeof GroupUpdate>;

export const GroupListQuery = Type.Object(
  {
    search: Type.Optional(
      Type.String({ maxLength: limits.search, format: 'text-or-empty', description: 'Part of a path or name.' }),
    ),
    parent: Type.Optional(text(limits.namespace, 'The path of a group: only those right in it.')),
    min_access_level: Type.Optional(
      Type.String({ pattern: '^[1-6]0$', description: 'Only where the caller has at least this level.' }),
    ),
    limit: Type.Optional(Type.String({ format: 'page-size' })),
    page: Type.Optional(Type.String({ format: 'digits', description: 'From 1.' })),
  },
  { additionalProperties: false, $id: 'GroupListQuery' },
);
export type GroupListQuery = Static<typeof GroupListQuery>;

/** Groups by their paths, so that a group stands before what lies in it. */
export const GroupPage = Type.Object(
  {
    items: Type.Array(Group),
    total: Type.Integer(),
    next_page: Type.Union([Type.Integer(), Type.Null()], { description: 'null: this is the last one.' }),
  },
  { $id: 'GroupPage' },
);
export type GroupPage = Static<typeof GroupPage>;
