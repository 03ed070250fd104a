import { type Static, Type } from 'typebox';
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
    project: Type.Optional(
      text(limits.namespace + limits.service + 1, 'Only this project: `namespace/service` or `service`.'),
    ),
    group: Type.Optional(text(limits.namespace, 'Only projects of this namespace.')),
    expires_at: Type.Optional(
      Type.String({ format: 'date-time', description: 'A token that expires makes none that outlives it.' }),
    ),
  },
  { additionalProperties: false, $id: 'TokenRequest' },
);
export type TokenRequest = Static<typeof TokenRequest>;

export const Token = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    scopes: scopeList,
    owner: Type.Union([Type.String(), Type.Null()], { description: 'User name; null for a project or group token.' }),
    project: Type.Optional(Type.String()),
    group: Type.Optional(Type.String()),
    created_at: Type.String({ format: 'date-time' }),
    expires_at: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    last_used_at: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    token: Type.Optional(Type.String({ description: 'The secret: only in the answer that creates it.' })),
  },
  { $id: 'Token' },
);
export type Token = Static<typeof Token>;

export const TokenList = Type.Object({ items: Type.Array(Token) }, { $id: 'TokenList' });
export type TokenList = Static<typeof TokenList>;

export const UserRequest = Type.Object(
  {
    username: Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-zA-Z0-9][a-zA-Z0-9._-]*$' }),
    name: Type.Optional(text(128, 'Full name.')),
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
