import { type Static, Type } from 'typebox';
import { text } from './deployment-event.ts';
import { moment } from './fields.ts';

/** The user that the caller acts for. */
export const Profile = Type.Object(
  {
    username: Type.String(),
    name: Type.String(),
    email: Type.Union([Type.String(), Type.Null()]),
    admin: Type.Boolean(),
    bot: Type.Boolean({ description: 'Acts for a token: it has no name of its own to change, and no password.' }),
    created_at: moment,
  },
  { $id: 'Profile' },
);
export type Profile = Static<typeof Profile>;

export const ProfileChange = Type.Object(
  { name: text(128, 'Full name.') },
  { additionalProperties: false, $id: 'ProfileChange' },
);
export type ProfileChange = Static<typeof ProfileChange>;

const OwnSession = Type.Object(
  {
    id: Type.String({ description: 'Names it in this list. It is no secret.' }),
    current: Type.Boolean({ description: 'It is what this was asked with.' }),
    by_token: Type.Boolean({ description: 'It was begun with a token, and ends with it.' }),
    user_agent: Type.Union([Type.String(), Type.Null()], { description: 'What the browser calls itself.' }),
    created_at: moment,
    seen_at: Type.Union([moment, Type.Null()], { description: 'When it was last used, to the minute.' }),
    expires_at: moment,
  },
  { $id: 'OwnSession' },
);
export type OwnSession = Static<typeof OwnSession>;

export const SessionList = Type.Object({ items: Type.Array(OwnSession) }, { $id: 'SessionList' });
export type SessionList = Static<typeof SessionList>;
