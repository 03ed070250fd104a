import { Type } from 'typebox';
import { Profile, ProfileChange, SessionList } from '../../../contract/profile.ts';
import { notFound } from '../../errors.ts';
import type { SessionService } from '../../features/sessions/session-service.ts';
import type { UserDirectoryService } from '../../features/users/user-directory-service.ts';
import { sessionCookie } from '../../http/authentication.ts';
import { sendEmpty } from '../../http/empty-answer.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import type { Principal } from '../../principal.ts';
import { problems } from './native-api.ts';
import { ownSessionView, profileView } from './profile-view.ts';

/** What people see and change of themselves. `onChange` is told when a session has ended. */
export function registerProfileRoutes(
  app: TypedApp,
  users: UserDirectoryService,
  sessions: SessionService,
  onChange: () => void,
): void {
  app.get('/api/profile', {
    config: { access: 'signed-in' },
    schema: { summary: 'The user you act for', tags: ['profile'], response: { 200: Profile, ...problems } },
    handler: async ({ principal }) => profileView(await users.get(userIdOf(principal))),
  });

  app.patch('/api/profile', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'Change your name',
      tags: ['profile'],
      body: ProfileChange,
      response: { 200: Profile, ...problems },
    },
    handler: async ({ body, principal }) => profileView(await users.change(principal, userIdOf(principal), body)),
  });

  app.get('/api/sessions', {
    config: { access: 'write' },
    schema: {
      summary: 'Where you are signed in, the latest hundred',
      tags: ['profile'],
      response: { 200: SessionList, ...problems },
    },
    handler: async ({ principal, cookies }) => ({
      items: (await sessions.ofCaller(principal, cookies[sessionCookie])).map(ownSessionView),
    }),
  });

  app.delete('/api/sessions/:id', {
    config: { access: 'write', limited: true },
    schema: {
      summary: 'End one of your sessions',
      tags: ['profile'],
      params: Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{1,64}$' }) }),
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ params, principal }, reply) => {
      await sessions.end(principal, params.id);
      onChange();
      return sendEmpty(reply, 204);
    },
  });
}

/** Tokens of before bots act for nobody. */
function userIdOf({ userId }: Principal): number {
  if (userId === null) throw notFound('User');
  return userId;
}
