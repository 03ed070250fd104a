import { type Static, Type } from 'typebox';
import { memberLevels } from './access-levels.ts';
import { text } from './deployment-event.ts';
import { limits } from './limits.ts';

/** What a token may do. `record`: only report deployments. `read_api`: only read. `api`: both. `admin`: everything. */
export const scopes = ['record', 'read_api', 'api', 'admin'] as const;
export type Scope = (typeof scopes)[number];

const scopeList = Type.Array(Type.Unsafe<Scope>({ type: 'string', enum: [...scopes] }), {
  minItems: 1,
  uniqueItems: true,
});

export const TokenRequest = Type.Object(
  {
    name: text(128, 'What the token is for.'),
    scopes: scopeList,
    project: Type.Optional(text(limits.path, 'Only this project, by its path or number.')),
    group: Type.Optional(text(limits.namespace, 'Only projects of this namespace.')),
    access_level: Type.Optional(
      Type.Integer({
        enum: [...memberLevels],
        description:
          'What its bot may do in the project or group, which must exist: maintainers may make it too. Absent: what its scopes need; then only administrators may make it, and the project or group may still be to come.',
      }),
    ),
    expires_at: Type.Optional(
      Type.String({ format: 'date-time', description: 'A token that expires makes none that outlives it.' }),
    ),
  },
  { additionalProperties: false, $id: 'TokenRequest' },
);
export type TokenRequest = Static<typeof TokenRequest>;

const place = {
  project: Type.Optional(text(limits.path, 'Of this project, by its path or number, for its maintainers.')),
  group: Type.Optional(text(limits.namespace, 'Of this group, by its path or number, for its maintainers.')),
} as const;

/** Whose token is meant: absent your own, or for an administrator anybody’s. */
export const TokenPlaceQuery = Type.Object(place, { additionalProperties: false, $id: 'TokenPlaceQuery' });
export type TokenPlaceQuery = Static<typeof TokenPlaceQuery>;

export const TokenQuery = Type.Object(
  {
    ...place,
    of: Type.Optional(
      Type.Unsafe<'me'>({
        type: 'string',
        enum: ['me'],
        description: 'Only your personal ones, also for an administrator.',
      }),
    ),
    revoked: Type.Optional(
      Type.Unsafe<'true' | 'false'>({
        type: 'string',
        enum: ['true', 'false'],
        description: 'Those that were revoked instead. Needs of, project or group.',
      }),
    ),
    limit: Type.Optional(
      Type.String({ format: 'page-size', description: 'With of, project or group: 50 by default.' }),
    ),
    page: Type.Optional(Type.String({ format: 'digits', description: 'From 1 on. With of, project or group.' })),
  },
  { additionalProperties: false, $id: 'TokenQuery' },
);
export type TokenQuery = Static<typeof TokenQuery>;

/** When the new secret ends; absent: in a week, or never where the old one never did. */
export const TokenRotation = Type.Object(
  { expires_at: Type.Optional(Type.String({ format: 'date-time' })) },
  { additionalProperties: false, $id: 'TokenRotation' },
);
export type TokenRotation = Static<typeof TokenRotation>;

export const Token = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    scopes: scopeList,
    owner: Type.Union([Type.String(), Type.Null()], { description: 'User name; null for a project or group token.' }),
    project: Type.Optional(Type.String()),
    group: Type.Optional(Type.String()),
    access_level: Type.Optional(Type.Integer({ description: 'What its bot may do there.' })),
    created_at: Type.String({ format: 'date-time' }),
    expires_at: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    last_used_at: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    revoked_at: Type.Optional(Type.String({ format: 'date-time', description: 'Absent: it was not.' })),
    token: Type.Optional(Type.String({ description: 'The secret: only in the answer that creates it.' })),
  },
  { $id: 'Token' },
);
export type Token = Static<typeof Token>;

export const TokenList = Type.Object(
  {
    items: Type.Array(Token),
    total: Type.Optional(Type.Integer({ description: 'How many there are on all pages, where there are pages.' })),
  },
  { $id: 'TokenList' },
);
export type TokenList = Static<typeof TokenList>;

export const UserRequest = Type.Object(
  {
    username: Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-zA-Z0-9][a-zA-Z0-9._-]*$' }),
    name: Type.Optional(text(128, 'Full name.')),
    email: Type.Optional(Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+$' })),
    password: Type.Optional(
      Type.String({ minLength: 10, maxLength: 256, description: 'Absent: a one-time password is made.' }),
    ),
    admin: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false, $id: 'UserRequest' },
);
export type UserRequest = Static<typeof UserRequest>;

export const User = Type.Object(
  {
    id: Type.Integer(),
    username: Type.String(),
    name: Type.String(),
    admin: Type.Boolean(),
    password_change_required: Type.Boolean(),
    created_at: Type.String({ format: 'date-time' }),
    one_time_password: Type.Optional(Type.String({ description: 'Only in the answer that creates the user.' })),
  },
  { $id: 'User' },
);
export type User = Static<typeof User>;

/** Sign-in: by user name and password, or by a token. */
export const SignIn = Type.Object(
  {
    username: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    password: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    token: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
  },
  { additionalProperties: false, $id: 'SignIn' },
);
export type SignIn = Static<typeof SignIn>;

export const PasswordChange = Type.Object(
  {
    current_password: Type.String({ minLength: 1, maxLength: 256 }),
    new_password: Type.String({ minLength: 10, maxLength: 256 }),
  },
  { additionalProperties: false, $id: 'PasswordChange' },
);
export type PasswordChange = Static<typeof PasswordChange>;

/** Who is asking, and what they may do here. */
export const Session = Type.Object(
  {
    signed_in: Type.Boolean(),
    public_read: Type.Boolean({ description: 'Reads are open to everyone on this server.' }),
    name: Type.Union([Type.String(), Type.Null()], { description: 'User or token name; null when not signed in.' }),
    username: Type.Union([Type.String(), Type.Null()], { description: 'null for a token that belongs to no user.' }),
    scopes: Type.Array(Type.String()),
    password_change_required: Type.Boolean(),
  },
  { $id: 'Session' },
);
export type Session = Static<typeof Session>;
