import { Type } from 'typebox';
import { User, UserRequest } from '../../../contract/access.ts';
import { UserDetails, UserListQuery, UserPage, UserUpdate } from '../../../contract/users.ts';
import type { UserDirectoryService } from '../../features/users/user-directory-service.ts';
import type { UserService } from '../../features/users/user-service.ts';
import { sendEmpty } from '../../http/empty-answer.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { userView } from './access-view.ts';
import { pageOf, pageView } from './list-page.ts';
import { problems } from './native-api.ts';
import { userDetailsView } from './user-view.ts';

const tags = ['users'];
const UserParams = Type.Object({ username: UserRequest.properties.username });

/** Users: everyone signed in may look them up, administrators manage them. */
export function registerUserRoutes(app: TypedApp, users: UserService, directory: UserDirectoryService): void {
  app.get('/api/users', {
    config: { access: 'read' },
    schema: {
      summary: 'Users by their user names; for everyone signed in',
      tags,
      querystring: UserListQuery,
      response: { 200: UserPage, ...problems },
    },
    handler: async ({ query, principal }) => {
      const { search, kind, state } = query;
      const filter = {
        search: search || undefined,
        bots: kind === undefined ? undefined : kind === 'bots',
        state,
      } as const;
      const page = pageOf(query);
      const listed = await directory.list(principal, { ...filter, orderBy: 'username', sort: 'asc' }, page);
      return pageView(page, listed, (user) => userDetailsView(user, principal));
    },
  });

  app.post('/api/users', {
    config: { access: 'admin', limited: true },
    schema: { summary: 'Make a user', tags, body: UserRequest, response: { 201: User, ...problems } },
    handler: async ({ body, principal }, reply) => {
      const view = userView(await users.create(principal, body));
      return reply.code(201).header('cache-control', 'no-store').send(view);
    },
  });

  app.patch('/api/users/:username', {
    config: { access: 'admin', limited: true },
    schema: {
      summary: 'Change a user',
      tags,
      params: UserParams,
      body: UserUpdate,
      response: { 200: UserDetails, ...problems },
    },
    handler: async ({ params, body, principal }) => {
      const { id } = await directory.whoIs(params.username);
      return userDetailsView(await directory.change(principal, id, body), principal);
    },
  });

  app.delete('/api/users/:username', {
    config: { access: 'admin', limited: true },
    schema: {
      summary: 'Delete a user, with memberships and tokens',
      description: 'What they did stays, under a name that tells no more.',
      tags,
      params: UserParams,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ params, principal }, reply) => {
      await directory.remove(principal, (await directory.whoIs(params.username)).id);
      return sendEmpty(reply, 204);
    },
  });

  app.post('/api/users/:username/password-reset', {
    config: { access: 'admin', limited: true },
    schema: {
      summary: 'Give a user a one-time password and end their sessions',
      tags,
      params: UserParams,
      response: { 200: User, ...problems },
    },
    handler: async ({ params, principal }, reply) => {
      const view = userView(await users.resetPassword(principal, params.username));
      return reply.header('cache-control', 'no-store').send(view);
    },
  });

  app.post('/api/users/:username/block', {
    config: { access: 'admin', limited: true },
    schema: {
      summary: 'Block a user, who cannot sign in then and whose tokens are dead',
      tags,
      params: UserParams,
      response: { 200: UserDetails, ...problems },
    },
    handler: async ({ params, principal }) => {
      const { id } = await directory.whoIs(params.username);
      await directory.block(principal, id);
      return userDetailsView(await directory.get(id), principal);
    },
  });

  app.post('/api/users/:username/unblock', {
    config: { access: 'admin', limited: true },
    schema: {
      summary: 'Let a blocked user in again',
      tags,
      params: UserParams,
      response: { 200: UserDetails, ...problems },
    },
    handler: async ({ params, principal }) => {
      const { id } = await directory.whoIs(params.username);
      await directory.unblock(principal, id);
      return userDetailsView(await directory.get(id), principal);
    },
  });
}
