import { User, UserRequest } from '../../../contract/access.ts';
import type { UserService } from '../../features/users/user-service.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { timeText } from './event-view.ts';
import { problems } from './native-api.ts';

export function registerUserRoutes(app: TypedApp, users: UserService): void {
  app.post('/api/users', {
    config: { access: 'admin', limited: true },
    schema: { summary: 'Make a user', tags: ['users'], body: UserRequest, response: { 201: User, ...problems } },
    handler: async ({ body }, reply) => {
      const { user, oneTimePassword } = await users.create(body);
      const view: User = {
        id: user.id,
        username: user.username,
        name: user.name,
        admin: user.is_admin === 1,
        password_change_required: user.must_change_password === 1,
        created_at: timeText(user.created_at),
        ...(oneTimePassword === undefined ? {} : { one_time_password: oneTimePassword }),
      };
      return reply.code(201).header('cache-control', 'no-store').send(view);
    },
  });
}
