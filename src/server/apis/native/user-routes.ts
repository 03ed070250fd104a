import { Type } from 'typebox';
import { User, UserRequest } from '../../../contract/access.ts';
import type { UserService } from '../../features/users/user-service.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { userView } from './access-view.ts';
import { problems } from './native-api.ts';

export function registerUserRoutes(app: TypedApp, users: UserService): void {
  app.post('/api/users', {
    config: { access: 'admin', limited: true },
    schema: { summary: 'Make a user', tags: ['users'], body: UserRequest, response: { 201: User, ...problems } },
    handler: async ({ body }, reply) => {
      const view = userView(await users.create(body));
      return reply.code(201).header('cache-control', 'no-store').send(view);
    },
  });

  app.post('/api/users/:username/password-reset', {
    config: { access: 'admin', limited: true },
    schema: {
      summary: 'Give a user a one-time password and end their sessions',
      tags: ['users'],
      params: Type.Object({ username: UserRequest.properties.username }),
      response: { 200: User, ...problems },
    },
    handler: async ({ params }, reply) => {
      const view = userView(await users.resetPassword(params.username));
      return reply.header('cache-control', 'no-store').send(view);
    },
  });
}
