import { type Static, Type } from 'typebox';
import { text } from './deployment-event.ts';
import { moment } from './fields.ts';
import { limits } from './limits.ts';

export const userStates = ['active', 'blocked'] as const;
type UserState = (typeof userStates)[number];

/** People sign in; a bot acts for a project’s or group’s token, or for the administrator’s token of the settings. */
export const userKinds = ['people', 'bots'] as const;
type UserKind = (typeof userKinds)[number];

const emailText = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+$' });

/** What everyone signed in may know of a user. */
export const userFields = {
  id: Type.Integer(),
  username: Type.String(),
  name: Type.String(),
  state: Type.Unsafe<UserState>({
    type: 'string',
    enum: [...userStates],
    description: 'blocked: cannot sign in, and its tokens are dead.',
  }),
  bot: Type.Boolean({ description: 'Acts for a token, and cannot sign in.' }),
};

/** A user. `account` is for administrators and the user. */
export const UserDetails = Type.Object(
  {
    ...userFields,
    account: Type.Union(
      [
        Type.Object({
          email: Type.Union([Type.String(), Type.Null()]),
          admin: Type.Boolean(),
          created_at: moment,
          signed_in_at: Type.Union([moment, Type.Null()], { description: 'With a password, last; null: not yet.' }),
        }),
        Type.Null(),
      ],
      { description: 'For administrators and the user; null for others.' },
    ),
  },
  { $id: 'UserDetails' },
);
export type UserDetails = Static<typeof UserDetails>;

/** What is not said stays as it is. */
export const UserUpdate = Type.Object(
  {
    username: Type.Optional(Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-zA-Z0-9][a-zA-Z0-9._-]*$' })),
    name: Type.Optional(text(128, 'Full name.')),
    email: Type.Optional(emailText),
    admin: Type.Optional(Type.Boolean({ description: 'Nobody takes it from themselves.' })),
  },
  { additionalProperties: false, minProperties: 1, $id: 'UserUpdate' },
);
export type UserUpdate = Static<typeof UserUpdate>;

export const UserListQuery = Type.Object(
  {
    search: Type.Optional(
      Type.String({
        maxLength: limits.search,
        format: 'text-or-empty',
        description: 'Part of a user name or name; for administrators also a whole email address.',
      }),
    ),
    kind: Type.Optional(Type.Unsafe<UserKind>({ type: 'string', enum: [...userKinds] })),
    state: Type.Optional(Type.Unsafe<UserState>({ type: 'string', enum: [...userStates] })),
    limit: Type.Optional(Type.String({ format: 'page-size' })),
    page: Type.Optional(Type.String({ format: 'digits', description: 'From 1.' })),
  },
  { additionalProperties: false, $id: 'UserListQuery' },
);
export type UserListQuery = Static<typeof UserListQuery>;

/** Users by their user names. */
export const UserPage = Type.Object(
  {
    items: Type.Array(UserDetails),
    total: Type.Integer(),
    next_page: Type.Union([Type.Integer(), Type.Null()], { description: 'null: this is the last one.' }),
  },
  { $id: 'UserPage' },
);
export type UserPage = Static<typeof UserPage>;
